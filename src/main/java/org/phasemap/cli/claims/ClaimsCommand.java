package org.phasemap.cli.claims;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.cli.console.OutFile;
import org.phasemap.network.UserException;
import org.phasemap.spec.yaml.Wording;
import org.phasemap.sweep.cluster.Session;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code phasemap claims}. */
@Command(
    name = "claims",
    description = {
      "Measures statements about initialisation and says which are true (docs/claims.md).",
      "A file of the folder says for each statement which sweep measures it, what theory it is"
          + " held to, and by which rule figures decide."
    },
    footer = {"  phasemap claims conf/claims", "  phasemap claims conf/claims --only C03,C10"},
    mixinStandardHelpOptions = true)
public final class ClaimsCommand implements Callable<Integer> {
  /** Specs, below the folder of claims. */
  static final String SPECS = "sweeps";

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "the folder of the claims, such as conf/claims")
  private Path folder = Path.of("");

  @Option(
      names = "--only",
      paramLabel = "ID",
      split = ",",
      description = "these alone, such as C03,C10")
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--results",
      paramLabel = "DIR",
      description = "folder in which every sweep makes its own (default: results/claims)")
  private String results = "results/claims";

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "writes the page of all claims, in Markdown")
  private @Nullable Path page;

  @Override
  public Integer call() throws IOException {
    if (page != null && !only.isEmpty()) {
      throw new UserException("--page: is not allowed with --only; allowed: either");
    }
    if (page != null) {
      OutFile.of("--page", page);
    }
    List<Theme> themes = chosen(ClaimsReader.folder(folder));
    Map<Theme, List<Judgement>> judged = new LinkedHashMap<>();
    try (Session session = new Session("claims");
        ClaimSweeps sweeps = new ClaimSweeps(folder.resolve(SPECS), results, session)) {
      Measuring measuring = new Measuring(sweeps);
      for (Theme theme : themes) {
        List<Judgement> judgements = new ArrayList<>();
        for (Claim claim : theme.claims()) {
          Judgement judgement = measuring.judged(claim);
          print(judgement);
          judgements.add(judgement);
        }
        judged.put(theme, judgements);
      }
    }
    if (page != null) {
      write(page, judged);
    }
    return ExitCode.DONE;
  }

  private void write(Path file, Map<Theme, List<Judgement>> judged) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    Path specs =
        (parent == null ? file.toAbsolutePath() : parent)
            .relativize(folder.resolve(SPECS).toAbsolutePath());
    String command = "jobs/phasemap claims " + folder + " --page " + file;
    Files.writeString(file, new ClaimsPage(specs).of(judged, command), StandardCharsets.UTF_8);
  }

  private static void print(Judgement judgement) {
    System.out.printf(
        "%s  %-18s  %s%n",
        judgement.claim().id(), judgement.ruling().verdict().words(), judgement.claim().says());
    for (Measured figure : judgement.figures()) {
      System.out.printf(
          "       %s: %s, theory %s%n",
          figure.figure().shows(), figure.shown(), figure.theoryShown());
    }
    System.out.printf("     %s%n", judgement.words());
  }

  private List<Theme> chosen(List<Theme> themes) {
    List<String> known =
        themes.stream().flatMap(theme -> theme.claims().stream()).map(Claim::id).toList();
    for (String id : only) {
      if (!known.contains(id)) {
        throw Wording.refused("--only", id, known);
      }
    }
    return only.isEmpty() ? themes : themes.stream().map(this::chosen).toList();
  }

  private Theme chosen(Theme theme) {
    return new Theme(
        theme.title(),
        theme.about(),
        theme.claims().stream().filter(claim -> only.contains(claim.id())).toList());
  }
}
