package org.phasemap.cli.claims;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.phasemap.spec.yaml.Choice;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Fields;
import org.phasemap.spec.yaml.NumberType.Real;
import org.phasemap.spec.yaml.Rules;
import org.phasemap.spec.yaml.Section;
import org.phasemap.spec.yaml.Several;
import org.phasemap.spec.yaml.Text;

/** The fields of a file of claims. */
final class ClaimsFormat {
  static final Rules RULES = Rules.unlimited(key -> Optional.empty());

  private static final Text ANY = new Text(Pattern.compile("(?s).+"), "text");
  private static final Text NAME =
      new Text(Pattern.compile("[a-z][a-z0-9_]*"), "lower case letters, digits and _");
  private static final Text FILE =
      new Text(
          Pattern.compile("[a-z0-9][a-z0-9-]*"), "the name of a file of sweeps, without .yaml");

  static final Field<String> NAMED =
      Field.required("name", NAME, "by which verdicts call the figure", "mean_norm");
  static final Field<String> SHOWS =
      Field.required("shows", ANY, "what the figure is", "mean of q_L/q_1");
  static final Field<String> SWEEP =
      Field.optional("sweep", FILE, "the claim's", "the sweep that is asked", "he-depth");
  static final Field<String> MEAN =
      Field.optional("mean", ANY, "none", "SQL over replicates, whose mean is taken", "exp(ln_q)");
  static final Field<String> VARIANCE =
      Field.optional("variance", ANY, "none", "as mean, for the variance", "ln_q");
  static final Field<String> MEDIAN =
      Field.optional("median", ANY, "none", "as mean, for the median", "exp(ln_q)");
  static final Field<String> SQL =
      Field.optional(
          "sql", ANY, "none", "a query that gives value and error", "select 1 as value, …");
  static final Field<String> WHERE =
      Field.defaulted("where", ANY, "\"true\"", "SQL of the one cell that is meant", "depth = 50");
  static final Field<String> THEORY =
      Field.optional("theory", ANY, "none", "SQL over cells of what it should be", "theory_ln_q");
  static final Field<Double> RESOLUTION =
      Field.defaulted(
          "resolution",
          Real.between(0, 1),
          "0",
          "how far float32 can tell numbers apart: differences of the same draws have one",
          "1e-5");
  static final Field<String> KEY =
      Field.optional(
          "key", ANY, "none", "theory without a sweep", "norm_chi; relu; norm=layer; order=after");

  private static final List<Field<?>> FIGURE =
      List.of(NAMED, SHOWS, SWEEP, MEAN, VARIANCE, MEDIAN, SQL, WHERE, THEORY, RESOLUTION, KEY);

  static final Field<Verdict> VERDICT =
      Field.required("verdict", Choice.of(Verdict.class), "the verdict", "limits");
  static final Field<String> WHEN =
      Field.defaulted("when", ANY, "\"true\"", "SQL over figures", "agrees(mean_norm)");
  static final Field<String> RULING_SAYS = Field.required("says", ANY, "why", "The mean is {x}.");

  static final Field<String> ID =
      Field.required(
          "id", new Text(Pattern.compile("[A-Z][0-9]{2}"), "a letter and two digits"), "id", "C03");
  static final Field<String> SAYS = Field.required("says", ANY, "the statement", "…");
  static final Field<List<Section>> FIGURES =
      Field.optional("figures", new Several<>(new Fields(FIGURE)), "none", "what decides", "…");
  static final Field<List<Section>> VERDICTS =
      Field.required(
          "verdicts", new Several<>(new Fields(List.of(VERDICT, WHEN, RULING_SAYS))), "rules", "…");

  static final Field<String> TITLE = Field.required("title", ANY, "of the section", "ReLU");
  static final Field<String> ABOUT = Field.required("about", ANY, "before the claims", "…");
  static final Field<List<Section>> CLAIMS =
      Field.required(
          "claims",
          new Several<>(new Fields(List.of(ID, SAYS, SWEEP, FIGURES, VERDICTS))),
          "statements",
          "…");

  static final Fields ROOT = new Fields(List.of(TITLE, ABOUT, CLAIMS));

  private ClaimsFormat() {}
}
