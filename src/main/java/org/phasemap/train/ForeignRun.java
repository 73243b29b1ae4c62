package org.phasemap.train;

import java.util.List;
import org.phasemap.data.DataSet;
import org.phasemap.kernel.Kernel;
import org.phasemap.network.NetworkConfig;
import org.phasemap.quantity.Measurement;
import org.phasemap.spec.Recipe;
import org.phasemap.train.course.Course;
import org.phasemap.train.loss.Criterion;
import org.phasemap.train.model.Arena;
import org.phasemap.train.model.ForeignEngine;
import org.phasemap.train.model.ForeignNetwork;
import org.phasemap.train.model.Minibatches;
import org.phasemap.train.model.Model;
import org.phasemap.train.model.Parameters;
import org.phasemap.train.model.Replicate;

/** A network that another library trains; what is measured before and after is the kernel's. */
final class ForeignRun {
  private ForeignRun() {}

  static Measurement run(
      ForeignEngine engine,
      Kernel kernel,
      Arena arena,
      Model model,
      NetworkConfig config,
      Recipe recipe,
      DataSet data,
      Replicate replicate) {
    Minibatches batches =
        new Minibatches(kernel, arena, data.train(), recipe.batchSize(), replicate);
    Parameters parameters = model.draw(kernel, arena, List.of(config), recipe, replicate);
    Criterion criterion = model.criterion(recipe, data);
    batches.advance();
    Examination examination = new Examination(kernel, arena, model, recipe, data, batches);
    Examination.Start start = examination.start(parameters);
    ForeignNetwork network = model.open(engine, config, recipe, start.rate(), parameters.read());
    Course course = new Course(recipe, criterion);
    while (true) {
      float[] logits = network.forward(batches.features());
      int[] labels = batches.labels();
      Criterion ofBatch = criterion.of(batches.features());
      double loss = ofBatch.sum(logits, 0, labels, labels.length) / labels.length;
      int right = ofBatch.right(logits, 0, labels, labels.length);
      if (course.record(loss, (double) right / labels.length)) {
        network.update(batches.features(), labels);
      }
      if (course.hasEnded()) {
        break;
      }
      batches.advance();
    }
    parameters.write(network.layers());
    return examination.result(parameters, start, course);
  }
}
