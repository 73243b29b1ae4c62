package org.phasemap.cli.claims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.spec.yaml.Field;
import org.phasemap.spec.yaml.Node;
import org.phasemap.spec.yaml.Place;
import org.phasemap.spec.yaml.Section;
import org.phasemap.spec.yaml.Yaml;

/** Reads files of claims, strictly. */
final class ClaimsReader {
  private static final Map<Field<String>, Statistic> STATISTICS = new LinkedHashMap<>();

  static {
    STATISTICS.put(ClaimsFormat.MEAN, Statistic.MEAN);
    STATISTICS.put(ClaimsFormat.VARIANCE, Statistic.VARIANCE);
    STATISTICS.put(ClaimsFormat.MEDIAN, Statistic.MEDIAN);
  }

  private ClaimsReader() {}

  /**
   * The claims of all files of a folder, in the order of their names.
   *
   * @throws UserException if there is none, one is wrong, or two claims share an id
   */
  static List<Theme> folder(Path folder) {
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UserException(folder + ": cannot be read; allowed: a folder of claims", e);
    }
    if (files.isEmpty()) {
      throw new UserException(folder + ": has no claims; allowed: a folder with files *.yaml");
    }
    List<Theme> themes = files.stream().map(ClaimsReader::file).toList();
    Set<String> ids = new HashSet<>();
    for (Theme theme : themes) {
      for (Claim claim : theme.claims()) {
        if (!ids.add(claim.id())) {
          throw new UserException(
              String.format("%s: %s is given twice; allowed: each id once", folder, claim.id()));
        }
      }
    }
    return themes;
  }

  private static Theme file(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read; allowed: YAML in UTF-8", e);
    }
    Node root = Yaml.read(text, line -> file + ":" + line);
    if (root == null) {
      throw new UserException(file + ": is empty; allowed: " + ClaimsFormat.ROOT.allowed());
    }
    Section theme = ClaimsFormat.ROOT.read(Place.of(root, ClaimsFormat.RULES));
    return new Theme(
        theme.read(ClaimsFormat.TITLE),
        theme.read(ClaimsFormat.ABOUT),
        theme.read(ClaimsFormat.CLAIMS).stream().map(ClaimsReader::claim).toList());
  }

  private static Claim claim(Section section) {
    String sweep = section.find(ClaimsFormat.SWEEP);
    List<Section> figures = section.find(ClaimsFormat.FIGURES);
    List<Ruling> rulings =
        section.read(ClaimsFormat.VERDICTS).stream().map(ClaimsReader::ruling).toList();
    if (!rulings.get(rulings.size() - 1).when().equals("true")) {
      throw section
          .at(ClaimsFormat.VERDICTS)
          .wrong("the last has a condition; allowed: a last one that holds where no other does");
    }
    return new Claim(
        section.read(ClaimsFormat.ID),
        section.read(ClaimsFormat.SAYS),
        figures == null
            ? List.of()
            : figures.stream().map(figure -> figure(figure, sweep)).toList(),
        rulings);
  }

  private static Ruling ruling(Section section) {
    return new Ruling(
        section.read(ClaimsFormat.VERDICT),
        section.read(ClaimsFormat.WHEN),
        section.read(ClaimsFormat.RULING_SAYS));
  }

  private static Figure figure(Section section, @Nullable String claimed) {
    return new Figure(
        section.read(ClaimsFormat.NAMED),
        section.read(ClaimsFormat.SHOWS),
        source(section, claimed),
        section.find(ClaimsFormat.THEORY),
        section.read(ClaimsFormat.RESOLUTION),
        section.find(ClaimsFormat.KEY));
  }

  private static Figure.@Nullable Source source(Section section, @Nullable String claimed) {
    List<Figure.Source> sources = new ArrayList<>();
    String own = section.find(ClaimsFormat.SWEEP);
    String sweep = own == null ? claimed : own;
    String where = section.read(ClaimsFormat.WHERE);
    STATISTICS.forEach(
        (field, statistic) -> {
          String expression = section.find(field);
          if (expression != null) {
            sources.add(new Figure.Source(named(sweep, section), statistic, expression, where));
          }
        });
    String sql = section.find(ClaimsFormat.SQL);
    if (sql != null) {
      sources.add(new Figure.Source(named(sweep, section), null, sql, where));
    }
    if (sources.size() > 1 || (sources.isEmpty() && !section.has(ClaimsFormat.KEY))) {
      throw section
          .place()
          .wrong("has " + sources.size() + " measurements; allowed: mean, variance, median or sql");
    }
    return sources.isEmpty() ? null : sources.get(0);
  }

  private static String named(@Nullable String sweep, Section section) {
    if (sweep == null) {
      throw section.missing(ClaimsFormat.SWEEP);
    }
    return sweep;
  }
}
