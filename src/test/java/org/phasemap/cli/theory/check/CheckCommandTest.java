package org.phasemap.cli.theory.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.phasemap.cli.theory.Outcome;

class CheckCommandTest {
  private static final String HEADER = "id,key,arch,parameters,value,tol_type,tol\n";

  @TempDir private Path folder = Path.of("");

  private Outcome check(String text) throws IOException {
    return Outcome.of("check " + Files.writeString(folder.resolve("table.csv"), text));
  }

  private static String reference() throws IOException {
    return table("reference_values.csv");
  }

  private static String table(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            CheckCommandTest.class.getResourceAsStream("/org/phasemap/theory/" + name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String last(Outcome outcome) {
    return outcome.lines().get(outcome.lines().size() - 1);
  }

  @Test
  void theReferenceTablePasses() throws IOException {
    Outcome outcome = check(reference());

    assertThat(last(outcome)).isEqualTo("313 rows: 307 passed, 0 failed, 6 not covered");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.lines())
        .hasSize(8)
        .contains(
            "liu_collapse_k50: not covered: measured_collapse is a measurement, not theory",
            "6 of the rows not covered hold measurements (measured_…), which are not theory");
  }

  /** At random points and hard corners. */
  @Test
  void anotherLibrarysValuesPass() throws IOException {
    Outcome outcome = check(table("independent_values.csv"));

    assertThat(outcome.out()).isEqualTo("366 rows: 366 passed, 0 failed, 0 not covered\n");
  }

  @Test
  void oneAlteredValueFails() throws IOException {
    Outcome outcome = check(reference().replace("1.7609546396067373", "1.7709546396067373"));

    assertThat(last(outcome)).isEqualTo("313 rows: 306 passed, 1 failed, 6 not covered");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.lines().get(0))
        .startsWith(
            "crit_sw2_tanh_sb2_0.05: failed: critical_sigma_w2 expected 1.7709546396067373,")
        .endsWith(", tolerance rel 1.0E-6");
  }

  @Test
  void columnsComeInAnyOrderAndFieldsMayBeQuoted() throws IOException {
    Outcome outcome =
        check(
            String.join(
                "\r\n",
                "\uFEFFtol,tol_type,value,note,arch,parameters,key",
                "1e-9,rel,8,\"a \"\"b\"\", c\nand d\",relu,p=0.25,sparse_critical_sigma_w2"));

    assertThat(outcome.out()).isEqualTo("1 rows: 1 passed, 0 failed, 0 not covered\n");
    assertThat(outcome.exitCode()).isZero();
  }

  @Test
  void rowsWithoutAFormulaFailTheCheck() throws IOException {
    Outcome outcome = check(HEADER + "a,no_such_key,relu,,1,abs,1\n");

    assertThat(outcome.lines())
        .containsExactly(
            "a: not covered: no formula for key no_such_key",
            "1 rows: 0 passed, 0 failed, 1 not covered");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void aFormulaThatRefusesItsParametersFailsWithTheReason() throws IOException {
    Outcome outcome = check(HEADER + "a,critical_sigma_w2,softplus,sigma_b2=0.1,1,abs,1\n");

    assertThat(outcome.lines())
        .containsExactly(
            "a: failed: critical_sigma_w2 expected 1.0, computed nothing (softplus has no critical"
                + " point at sigma_b2 = 0.1), tolerance abs 1.0",
            "1 rows: 0 passed, 1 failed, 0 not covered");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @Test
  void parametersOutsideADomainAreNotCovered() throws IOException {
    Outcome outcome =
        check(
            String.join(
                "\n",
                HEADER + "a,batch_norm_gradient_rate,mlp+BN,activation=relu;B=3,1,abs,1",
                "b,conv_mode_factor,conv,size=8;kernel=4;mode=1,1,abs,1",
                "c,fixup_scale,residual,blocks=16;layers_per_branch=2;heads=4,0.25,abs,1",
                "d,fixup_scale,residual,blocks=16,0.25,abs,1",
                "e,transformer_similarity,t,norm=pre;tokens=4;logit_factor=9;rho0=2,1,abs,1"));

    assertThat(outcome.lines())
        .containsExactly(
            "a: not covered: B=3; allowed: whole numbers >= 4, and inf",
            "b: not covered: a kernel of 4 taps moves the modes: the factor is complex",
            "c: not covered: heads=4 is no parameter of this key; its parameters: blocks,"
                + " layers_per_branch",
            "d: not covered: layers_per_branch is missing; allowed: whole numbers >= 1",
            "e: not covered: rho0=2; allowed: numbers from -1 to 1",
            "5 rows: 0 passed, 0 failed, 5 not covered");
    assertThat(outcome.exitCode()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          q_star,tanh,sigma_w2=-1 | sigma_w2=-1; allowed: finite numbers >= 0
          q_star,tanh,sigma_w2=nan | sigma_w2=nan; allowed: finite numbers >= 0
          q_star,tanh,sigma_w2=1;sigma_b3=1 | sigma_b3=1 is no parameter of this key
          dual_phi,tanh,q=inf;c=0 | q=inf; allowed: finite numbers >= 0
          dual_phi,tanh,q=1;c=-1.1 | c=-1.1; allowed: numbers from -1 to 1
          dropout_c_star,tanh,sigma_w2=1;rho=0 | rho=0; allowed: numbers above 0, at most 1
          sparse_norm_decay,relu,p=2;depth=3 | p=2; allowed: numbers above 0, at most 1
          ntk_diagonal_relu,relu,sigma_w2=2;L=0 | L=0; allowed: whole numbers from 1 to 100000
          trajectory_q,tanh,sigma_w2=1;L=1e9 | L=1e9; allowed: whole numbers from 1 to 100000
          residual_norm_growth,relu,blocks=-1 | blocks=-1; allowed: whole numbers from 1 to 100000
          log_norm_mean_relu,relu,width=0.5;depth=1 | width=0.5; allowed: whole numbers from 1 to 1000000000
          conv_padding_rate,conv,H=1e9;k=3 | H=1e9; allowed: whole numbers from 1 to 4096
          int8_saturation,int8,sigma=1;delta=0 | delta=0; allowed: finite numbers > 0
          norm_ratio_second_moment_relu,relu,width=1;depth=1000 | the value is beyond the range of doubles
          ntk_condition_two_inputs,relu,sigma_w2=0;L=2 | there is no such value
          ntk_condition_two_inputs,linear,sigma_w2=1;L=2;c0=-1;m=3 | no 3 inputs have the correlation -1.0 each with each
          ntk_off_ratio_limit_relu,relu,sigma_w2=1 | sigma_w2=1.0; allowed: the critical 2.0
          residual_zero_gamma,resnet-BN,blocks=any;gamma=1 | gamma=1.0; allowed: 0
          batch_norm_second_moment,bn,activation=tanh;B=64;gamma=1e5 | gamma=100000.0 with a batch of 64; allowed: at most 31.07
          resnet_v1_mean,resnet,blocks=1e9 | blocks=1e9; allowed: whole numbers from 0 to 100000
          """)
  void noRowHasAValueOutsideItsDomain(String row, String message) throws IOException {
    Outcome outcome = check(HEADER + "a," + row + ",1,abs,1\n");

    assertThat(outcome.lines())
        .containsExactly("a: not covered: " + message, "1 rows: 0 passed, 0 failed, 1 not covered");
  }

  @Test
  void limitsOfAPhaseHoldInIt() throws IOException {
    Outcome outcome =
        check(
            String.join(
                "\n",
                HEADER + "a,ntk_ordered_limit,tanh,sigma_w2=3;sigma_b2=0.05,1,abs,1",
                "b,ntk_chaotic_off_limit,tanh,sigma_w2=1;sigma_b2=0.05,1,abs,1"));

    assertThat(outcome.lines().get(0)).matches("a: not covered: chi_1=1.2\\d+; allowed: below 1");
    assertThat(outcome.lines().get(1)).matches("b: not covered: chi_1=0.7\\d+; allowed: above 1");
  }

  @Test
  void relativeTo0AToleranceIsAbsolute() throws IOException {
    String row = ",autoencoder_dead_probability,ae,widths=40;multiplier=1,0,rel,";
    Outcome outcome = check(HEADER + "a" + row + "1e-11\nb" + row + "1e-13\n");

    assertThat(outcome.lines())
        .containsExactly(
            "b: failed: autoencoder_dead_probability expected 0.0, computed"
                + " 9.094947017729282E-13, tolerance rel 1.0E-13",
            "2 rows: 1 passed, 1 failed, 0 not covered");
  }

  @Test
  void slopesMayStandApart() throws IOException {
    Outcome outcome =
        check(
            HEADER
                + "a,norm_chi,mlp,activation=leaky_relu;a=0.2;sigma_w2=1;order=before;norm=rms,1,abs,1e-12\n");

    assertThat(outcome.out()).isEqualTo("1 rows: 1 passed, 0 failed, 0 not covered\n");
  }

  @Test
  void infinitiesMeetOnlyThemselves() throws IOException {
    Outcome outcome =
        check(
            String.join(
                "\n",
                HEADER + "a,xi_c,relu,sigma_w2=2,inf,abs,1",
                "b,xi_c,relu,sigma_w2=2,nan,abs,1",
                "c,xi_c,relu,sigma_w2=2,5,abs,1"));

    assertThat(outcome.lines())
        .containsExactly(
            "b: failed: xi_c expected NaN, computed Infinity, tolerance abs 1.0",
            "c: failed: xi_c expected 5.0, computed Infinity, tolerance abs 1.0",
            "3 rows: 1 passed, 2 failed, 0 not covered");
  }

  /** As data sets: one parser reads both. */
  @Test
  void onlyTextFilesAreRead() throws IOException {
    Outcome binary = check("key\u0000");
    Outcome folders = Outcome.of("check " + folder);

    assertThat(binary.exitCode()).isEqualTo(2);
    assertThat(binary.err()).contains("table.csv:1:4: has the control character U+0000");
    assertThat(folders.exitCode()).isEqualTo(2);
    assertThat(folders.err()).isEqualTo("phasemap: " + folder + ": is a folder; expected a file\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                           | : is empty; allowed: a header and at least one row
          key,arch,parameters,value    | :1: missing columns tol_type, tol; allowed: a header with key, arch, parameters, value, tol_type, tol
          HEADER                       | : has no rows; allowed: a header and at least one row
          HEADERa,b                    | :2: 2 fields; allowed: 7, as in the header
          HEADERa,q_star,tanh,,x,abs,1 | :2: value: x is not allowed; allowed: numbers, nan, inf and -inf
          HEADERa,q_star,tanh,,1,abs,  | :2: tol: an empty value is not allowed; allowed: numbers >= 0
          HEADERa,q_star,tanh,,1,abs,-1 | :2: tol: -1 is not allowed; allowed: numbers >= 0
          HEADERa,q_star,tanh,,1,both,1 | :2: tol_type: both is not allowed; allowed: abs, rel
          HEADERa,q_star,tanh,,0x1p3,abs,1 | :2: value: 0x1p3 is not allowed; allowed: numbers, nan, inf and -inf
          HEADERa,q_star,tanh,,1,abs,\u0661 | :2: tol: \u0661 is not allowed; allowed: numbers >= 0
          HEADERa,"q_star              | :2:3: a quote opens here and is never closed; expected " at the end of the cell
          HEADERa,"q"_star             | :2:6: text follows a closing quote; expected , or the end of the line
          """)
  void badTablesAreOneMessageAndExitCodeTwo(String text, String message) throws IOException {
    Outcome outcome = check(text.replace("HEADER", HEADER));

    assertThat(outcome.err())
        .isEqualTo("phasemap: " + folder.resolve("table.csv") + message + "\n");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
  }
}
