package org.phasemap.cli.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.phasemap.sweep.SweepSubject;

/** A few claims, measured for real, come to what docs/claims.md says. */
public abstract class MeasuredClaims extends SweepSubject {
  /** Two sweeps of a few cells: one of random signs of a rule, one with finite-width theory. */
  private static final Set<String> CHEAP = Set.of("C19", "C42");

  @Test
  void cheapClaimsHaveTheVerdictsOfThePage() throws IOException {
    String page = Files.readString(Path.of("docs/claims.md"));
    Path folder = Path.of("conf/claims");
    try (ClaimSweeps sweeps =
        new ClaimSweeps(
            folder.resolve(ClaimsCommand.SPECS),
            path("claims").toString(),
            MeasuredClaims::spark)) {
      Measuring measuring = new Measuring(sweeps);
      int judged = 0;
      for (Theme theme : ClaimsReader.folder(folder)) {
        for (Claim claim : theme.claims()) {
          if (CHEAP.contains(claim.id())) {
            Judgement judgement = measuring.judged(claim);
            assertThat(page).contains(ClaimsPageTest.lineOf(claim, judgement.ruling().verdict()));
            assertThat(judgement.figures()).allMatch(figure -> Double.isFinite(figure.value()));
            judged++;
          }
        }
      }
      assertThat(judged).isEqualTo(CHEAP.size());
    }
  }
}
