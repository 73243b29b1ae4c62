package org.phasemap.cli.results;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.SweepInfo;
import org.phasemap.chart.explore.Exploration;
import org.phasemap.chart.explore.Scaling;
import org.phasemap.chart.explore.View;
import org.phasemap.chart.figure.FigureRequest;
import org.phasemap.chart.figure.FigureRequest.Kind;
import org.phasemap.chart.figure.PaperFigure;
import org.phasemap.chart.figure.TheoryLine;
import org.phasemap.chart.figure.sheet.FigureFormat;
import org.phasemap.chart.figure.sheet.Picture;
import org.phasemap.cli.console.ExitCode;
import org.phasemap.network.DecimalText;
import org.phasemap.network.UserException;
import org.phasemap.query.Limits;
import org.phasemap.query.Query;
import org.phasemap.query.ServedTables;
import org.phasemap.store.ResultsFolder;
import org.phasemap.sweep.cluster.HadoopSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
    name = "figure",
    description = {
      "Draws a figure for a paper into a file: a map, curves with error bars, the layers of a cell,"
          + " a collapse, or z-scores.",
      "Prints its size and a caption (docs/figures.md)."
    },
    footer = {
      "  phasemap figure results/01-quickstart --map ln_gradient_gain --out map.pdf",
      "  phasemap figure results/01-quickstart --slice ln_q --x depth --out q.svg"
    },
    mixinStandardHelpOptions = true)
public final class FigureCommand implements Callable<Integer> {
  private static final String NO_LINES = "none";
  private static final double NARROWEST = 60;
  private static final double WIDEST = 400;
  private static final int FEWEST_DOTS = 72;
  private static final int MOST_DOTS = 1200;

  /** Widths of columns in millimetres. */
  private static final int SINGLE = 85;

  private static final int DOUBLE = 178;
  private static final Map<String, Integer> WIDTHS = Map.of("single", SINGLE, "double", DOUBLE);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "RESULTS", description = "the folder of a sweep")
  private String results = "";

  @Option(
      names = "--map",
      paramLabel = "QUANTITY",
      description = "a map of a quantity over --x and --y, such as ln_gradient_gain")
  private @Nullable String map;

  @Option(
      names = "--slice",
      paramLabel = "QUANTITY",
      description = "a quantity along --x with error bars, a curve for each value of --by")
  private @Nullable String slice;

  @Option(
      names = "--profile",
      paramLabel = "CELL",
      description = "the layers of a cell: its cell_id, or the beginning of one")
  private @Nullable String profile;

  @Option(
      names = "--collapse",
      paramLabel = "QUANTITY",
      description = "a quantity of all cells over one scaled depth, coloured by --by")
  private @Nullable String collapse;

  @Option(
      names = "--zscores",
      paramLabel = "QUANTITY",
      description = "how far measurement and theory agree: z of all cells")
  private @Nullable String zscores;

  @Option(
      names = "--x",
      paramLabel = "AXIS",
      description = "the axis to the right (default: what the sweep varies)")
  private @Nullable String x;

  @Option(
      names = "--y",
      paramLabel = "AXIS",
      description = "the axis upwards of a map (default: another that it varies)")
  private @Nullable String y;

  @Option(names = "--by", paramLabel = "AXIS", description = "the axis of curves or of colours")
  private @Nullable String by;

  @Option(
      names = "--facet",
      paramLabel = "AXIS",
      split = ",",
      description = "one or two axes with a small chart for each value")
  private List<String> facets = new ArrayList<>();

  @Option(
      names = "--at",
      paramLabel = "AXIS=VALUE",
      description = "only these cells: VALUE, A|B or LOWEST..HIGHEST; may be repeated")
  private List<String> at = new ArrayList<>();

  @Option(
      names = "--view",
      paramLabel = "VIEW",
      completionCandidates = Views.class,
      description = "what a map shows: ${COMPLETION-CANDIDATES} (default: mean)")
  private String view = "mean";

  @Option(
      names = "--theory",
      paramLabel = "LINE",
      split = ",",
      completionCandidates = Lines.class,
      description = "lines over a map: ${COMPLETION-CANDIDATES} (default: edge)")
  private List<String> theory = List.of("edge");

  @Option(
      names = "--scale",
      paramLabel = "SCALE",
      completionCandidates = Scalings.class,
      description = "what a collapse is drawn over: ${COMPLETION-CANDIDATES} (default: xi_c)")
  private String scale = "xi_c";

  @Option(
      names = "--width",
      paramLabel = "WIDTH",
      description =
          "single ("
              + SINGLE
              + " mm), double ("
              + DOUBLE
              + " mm), or millimetres (default: single)")
  private String width = "single";

  @Option(
      names = "--dpi",
      paramLabel = "DOTS",
      description = "dots per inch of a PNG (default: 300)")
  private int dots = 300;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "the file; its name ends with .pdf, .svg or .png")
  private String out = "";

  /** Names of {@link View}. */
  static final class Views extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Views() {
      super(Arrays.stream(View.values()).map(View::id).toList());
    }
  }

  /** Names of {@link TheoryLine}, and what stands for none. */
  static final class Lines extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Lines() {
      super(Arrays.stream(TheoryLine.values()).map(TheoryLine::id).toList());
      add(NO_LINES);
    }
  }

  /** Names of {@link Scaling}. */
  static final class Scalings extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Scalings() {
      super(Arrays.stream(Scaling.values()).map(Scaling::id).toList());
    }
  }

  @Override
  public Integer call() {
    FigureFormat format =
        FigureFormat.of(out)
            .orElseThrow(
                () -> refused("--out", out, "a name that ends with " + FigureFormat.endings()));
    Path file = file();
    if (dots < FEWEST_DOTS || dots > MOST_DOTS) {
      throw refused("--dpi", String.valueOf(dots), FEWEST_DOTS + " to " + MOST_DOTS);
    }
    if (format != FigureFormat.PNG
        && spec.commandLine().getParseResult().hasMatchedOption("--dpi")) {
      throw new UserException("--dpi: is not allowed with " + out + "; allowed: with a .png");
    }
    FigureRequest request = request();
    ResultsFolder folder = ResultsFolder.open(results, HadoopSettings.ofThisProcess());
    folder.requireCurrentCells();
    Picture picture;
    try (ServedTables tables = ServedTables.open(folder, Limits.ofThisMachine());
        Query query = tables.session()) {
      Exploration exploration = new Exploration(query, SweepInfo.of(folder));
      picture = PaperFigure.of(query, exploration, found(request, query, folder));
    }
    write(file, format.bytes(picture, dots));
    System.out.printf(
        "%s: %.0f × %.0f mm%n", file, picture.widthMillimetres(), picture.heightMillimetres());
    System.out.println(picture.caption());
    return ExitCode.DONE;
  }

  private FigureRequest request() {
    Map<Kind, String> asked = new LinkedHashMap<>();
    put(asked, Kind.MAP, map);
    put(asked, Kind.SLICE, slice);
    put(asked, Kind.PROFILE, profile);
    put(asked, Kind.COLLAPSE, collapse);
    put(asked, Kind.ZSCORES, zscores);
    if (asked.size() != 1) {
      throw new UserException(
          "figure: "
              + (asked.isEmpty() ? "nothing is asked for" : asked.size() + " charts are asked for")
              + "; allowed: one of "
              + Stream.of(Kind.values()).map(Kind::option).collect(Collectors.joining(", ")));
    }
    Map.Entry<Kind, String> only = asked.entrySet().iterator().next();
    requireOptionsOf(only.getKey());
    return new FigureRequest(
        only.getKey(),
        only.getValue(),
        Optional.ofNullable(x),
        Optional.ofNullable(y),
        Optional.ofNullable(by),
        facets,
        places(),
        view,
        theory.equals(List.of(NO_LINES)) ? List.of() : theory,
        scale,
        millimetres());
  }

  /** An option without effect would be taken for one that had it. */
  private void requireOptionsOf(Kind kind) {
    ParseResult typed = spec.commandLine().getParseResult();
    Stream.of(Kind.values())
        .flatMap(any -> any.options().stream())
        .filter(option -> !kind.options().contains(option) && typed.hasMatchedOption(option))
        .findFirst()
        .ifPresent(
            option -> {
              String allowed = String.join(", ", kind.options());
              throw new UserException(
                  String.format(
                      "%s: is not allowed with %s; allowed: %s",
                      option, kind.option(), allowed.isEmpty() ? "none of these" : allowed));
            });
  }

  /** The whole id of a cell, of which a user may give the beginning. */
  private static FigureRequest found(FigureRequest request, Query query, ResultsFolder folder) {
    return request.kind() == Kind.PROFILE
        ? request.of(CellIds.of(query, folder, request.kind().option(), request.subject()))
        : request;
  }

  private static void put(Map<Kind, String> asked, Kind kind, @Nullable String subject) {
    if (subject != null) {
      asked.put(kind, subject);
    }
  }

  private Map<String, List<String>> places() {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (String place : at) {
      int equals = place.indexOf('=');
      if (equals <= 0) {
        throw refused("--at", place, "AXIS=VALUE, such as depth=16");
      }
      places
          .computeIfAbsent(place.substring(0, equals), axis -> new ArrayList<>())
          .add(place.substring(equals + 1));
    }
    return places;
  }

  private double millimetres() {
    Integer named = WIDTHS.get(width);
    if (named != null) {
      return named;
    }
    String allowed =
        String.format("single, double, or millimetres from %.0f to %.0f", NARROWEST, WIDEST);
    try {
      double given = DecimalText.number(width);
      if (given >= NARROWEST && given <= WIDEST) {
        return given;
      }
    } catch (NumberFormatException e) {
      throw refused("--width", width, allowed);
    }
    throw refused("--width", width, allowed);
  }

  private static UserException refused(String option, String value, String allowed) {
    return new UserException(option + ": " + value + " is not allowed; allowed: " + allowed);
  }

  private Path file() {
    try {
      return Path.of(out);
    } catch (InvalidPathException e) {
      throw new UserException("--out: " + e.getMessage() + "; allowed: a file's name", e);
    }
  }

  /** An earlier file of the name is replaced whole. */
  private static void write(Path file, byte[] bytes) {
    try {
      Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
      try {
        Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW);
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      String cause =
          e instanceof AccessDeniedException
              ? "permission denied"
              : e instanceof NoSuchFileException
                  ? "no such folder"
                  : String.valueOf(e.getMessage());
      throw new UserException(
          "--out: " + file + " cannot be written (" + cause + "); allowed: a folder that is there",
          e);
    }
  }
}
