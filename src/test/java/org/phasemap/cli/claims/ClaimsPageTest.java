package org.phasemap.cli.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.phasemap.cli.Ran;
import org.phasemap.data.FileAccess;
import org.phasemap.plan.Plan;
import org.phasemap.spec.file.SpecReader;

/** The files of conf/claims, the list that they answer, and the page that is made of them. */
class ClaimsPageTest {
  private static final Path FOLDER = Path.of("conf/claims");
  private static final Path SWEEPS = FOLDER.resolve(ClaimsCommand.SPECS);

  private static List<Claim> claims() {
    return ClaimsReader.folder(FOLDER).stream().flatMap(theme -> theme.claims().stream()).toList();
  }

  /** How the page says a claim's verdict, below its heading. */
  static String lineOf(Claim claim, Verdict verdict) {
    return new ClaimsPage(SWEEPS)
        .of(
            Map.of(
                new Theme("", "", List.of()),
                List.of(new Judgement(claim, List.of(), new Ruling(verdict, "true", "nothing")))),
            "")
        .replaceFirst("(?s).*(### .*?)\n\nnothing\n.*", "$1");
  }

  @Test
  void everyStatementOfTheListIsAClaimWordForWord() throws IOException {
    List<String> listed =
        Files.readAllLines(Path.of("src/test/resources/org/phasemap/cli/claims/claims.csv"));
    assertThat(listed).hasSize(46);
    List<Claim> claims = claims();
    for (String line : listed.subList(1, listed.size())) {
      String id = line.substring(0, 3);
      assertThat(claims)
          .as(line)
          .anyMatch(
              claim ->
                  claim.id().equals(id)
                      && (line.startsWith(id + "," + claim.says() + ",")
                          || line.startsWith(id + ",\"" + claim.says() + "\",")));
    }
  }

  /** Networks of the same draws may differ by rounding alone. */
  @Test
  void differencesOfTheSameDrawsHaveAResolution() {
    assertThat(claims().stream().flatMap(claim -> claim.figures().stream()))
        .filteredOn(
            figure ->
                Optional.ofNullable(figure.source())
                    .filter(source -> source.expression().contains("join replicates"))
                    .isPresent())
        .hasSize(5)
        .allMatch(figure -> figure.resolution() > 0, "has a resolution");
  }

  @Test
  void thePageHasEveryClaimWithAVerdictThatItsRuleCanGive() throws IOException {
    String page = Files.readString(Path.of("docs/claims.md"));
    for (Claim claim : claims()) {
      assertThat(claim.rulings())
          .as(claim.id())
          .anyMatch(ruling -> page.contains(lineOf(claim, ruling.verdict())));
    }
    assertThat(page.lines().filter(line -> line.startsWith("### "))).hasSameSizeAs(claims());
  }

  @Test
  void everySpecIsAskedAndEverySweepThatIsAskedHasOne() throws IOException {
    List<String> asked =
        claims().stream()
            .flatMap(claim -> claim.figures().stream())
            .map(Figure::source)
            .flatMap(Stream::ofNullable)
            .map(Figure.Source::sweep)
            .distinct()
            .toList();
    try (Stream<Path> files = Files.list(SWEEPS)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", "")))
          .containsExactlyInAnyOrderElementsOf(asked);
    }
    for (String sweep : asked) {
      Path file = SWEEPS.resolve(sweep + ".yaml");
      assertThat(Plan.of(SpecReader.read(file, List.of(), FileAccess.PLAIN)).spec().name())
          .isEqualTo(sweep);
    }
  }

  /** Before minutes of measuring, too. */
  @Test
  void everyKeyHasAValue() {
    SoftAssertions all = new SoftAssertions();
    for (Claim claim : claims()) {
      for (Figure figure : claim.figures()) {
        if (figure.key() != null) {
          all.assertThatCode(() -> assertThat(Measuring.ofKey(figure.key())).isFinite())
              .as("%s: %s: %s", claim.id(), figure.name(), figure.key())
              .doesNotThrowAnyException();
        }
      }
    }
    all.assertAll();
  }

  /** Whatever verdict figures lead to, its words name figures of the claim alone. */
  @Test
  void everyWordingCanBeWritten() {
    for (Claim claim : claims()) {
      List<Measured> figures =
          claim.figures().stream().map(figure -> new Measured(figure, 1.5, 0.25, 2)).toList();
      for (Ruling ruling : claim.rulings()) {
        assertThat(new Judgement(claim, figures, ruling).words())
            .as(claim.id())
            .doesNotContainPattern(Pattern.compile("[{}]"));
      }
      assertThat(Judgement.of(claim, figures).ruling()).isIn(claim.rulings());
    }
  }

  /** Before minutes of measuring, not after. */
  @Test
  void aPageThatCannotBeWrittenIsRefusedFirst() {
    Ran ran = Ran.of("claims", "conf/claims", "--page", "none/x.md");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "phasemap: --page: none/x.md cannot be written; allowed: a file in a folder that is"
                + " there\n");
  }
}
