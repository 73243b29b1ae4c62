package org.phasemap.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.phasemap.network.Activation;
import org.phasemap.network.activation.Activations;
import org.phasemap.query.Query;
import org.phasemap.query.Rows;
import org.phasemap.theory.limit.CriticalPoint;
import org.phasemap.theory.limit.EdgeOfChaos;

/** Theory's edge of chaos in the limit of depth, for each activation and bias variance. */
final class CriticalPoints {
  private static final int DIGITS = 8;

  private CriticalPoints() {}

  static void write(JsonGenerator json, Query query) throws IOException {
    Rows laws =
        query.rows(
            "select distinct activation, sigma_b2 from cells"
                + " where sigma_b2 is not null order by all");
    json.writeStartArray();
    for (Rows.Row law : laws) {
      Activation activation = Activations.parse(law.text("activation"));
      for (CriticalPoint point : EdgeOfChaos.points(activation, law.number("sigma_b2"))) {
        json.writeStartObject();
        json.writeStringField("activation", law.text("activation"));
        json.writeFieldName("sigma_b2");
        Numbers.write(json, point.sigmaB2(), DIGITS);
        json.writeFieldName("sigma_w2");
        Numbers.write(json, point.sigmaW2(), DIGITS);
        json.writeFieldName("q");
        Numbers.write(json, point.qStar(), DIGITS);
        json.writeFieldName("chi_q");
        Numbers.write(json, point.chiQ(), DIGITS);
        json.writeBooleanField("stable", point.stable());
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }
}
