package org.phasemap.cli;

import java.util.concurrent.Callable;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "report",
    description = "Draws a sweep: the phase diagram here, and report.html in its folder.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Override
  public Integer call() {
    Drawing.draw(
        ResultsFolder.open(results, HadoopSettings.ofThisProcess()), System.out, Terminal.detect());
    return ExitCode.DONE;
  }
}
