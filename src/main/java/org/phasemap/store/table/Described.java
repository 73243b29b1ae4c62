package org.phasemap.store.table;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.phasemap.quantity.Axis;
import org.phasemap.quantity.Figure;
import org.phasemap.quantity.Profile;
import org.phasemap.quantity.Quantity;

/**
 * A column in words, for readers outside of this program.
 *
 * @param name of the column
 * @param type as docs/tables.md names it
 * @param label what stands beside a drawing's axis
 * @param unit {@code nat} for natural logarithms, {@code 1} for pure numbers; empty for text
 * @param meaning with its formula
 */
public record Described(String name, String type, String label, String unit, String meaning) {
  private static final Map<String, Words> WORDS = words();

  private record Words(String label, String unit) {}

  private static Map<String, Words> words() {
    Map<String, Words> words = new HashMap<>();
    Axis.all().forEach(axis -> words.put(axis.column(), new Words(axis.label(), "1")));
    for (Quantity quantity : Quantity.all()) {
      String unit = quantity.domain().unit();
      words.put(quantity.column(), new Words(quantity.label(), unit));
      for (Figure figure : Figure.of(quantity)) {
        String counts = figure == Figure.COUNT ? "row" : figure == Figure.Z ? "1" : unit;
        words.put(figure.column(quantity), new Words(figure.label(quantity), counts));
      }
    }
    for (Profile profile : Profile.values()) {
      words.put(profile.column(), new Words(profile.symbol(), "1"));
    }
    words.put("unit_seconds", new Words("unit seconds", "s"));
    return words;
  }

  /** A column of either table. */
  public static Described of(Column column) {
    Words words =
        Objects.requireNonNullElseGet(
            WORDS.get(column.name()), () -> new Words(column.name().replace('_', ' '), "1"));
    String unit = column.type() == Column.Type.STRING ? "" : words.unit;
    String type = column.type().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return new Described(column.name(), type, words.label, unit, column.meaning());
  }

  /** The columns of a table, in their order. */
  public static List<Described> columns(String table) {
    return Tables.columns(table).stream().map(Described::of).toList();
  }

  /**
   * All that a reader in another language needs to know of tables, axes and quantities.
   * dashboards/python has it.
   */
  public static String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("schema_version", Tables.SCHEMA_VERSION);
    json.put("oldest_cells", Tables.OLDEST_CELLS);
    json.put("axes", Axis.all().stream().map(Described::axis).toList());
    json.put("grid_order", Axis.in(Axis.Order.GRID).stream().map(Axis::column).toList());
    json.put("quantities", Quantity.all().stream().map(Described::quantity).toList());
    for (String table : List.of(Tables.CELLS, Tables.REPLICATES)) {
      json.put(table, columns(table));
    }
    return lines(json);
  }

  private static Map<String, Object> axis(Axis<?> axis) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("column", axis.column());
    json.put("symbol", axis.symbol());
    json.put("label", axis.label());
    json.put("scale", lower(axis.scale()));
    return json;
  }

  private static Map<String, Object> quantity(Quantity quantity) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("column", quantity.column());
    json.put("symbol", quantity.symbol());
    json.put("label", quantity.label());
    json.put("unit", quantity.domain().unit());
    json.put("look", lower(quantity.look()));
    json.put("theory", lower(quantity.theory()));
    Map<String, String> figures = new LinkedHashMap<>();
    Figure.of(quantity).forEach(figure -> figures.put(lower(figure), figure.column(quantity)));
    json.put("figures", figures);
    return json;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A line for each entry, so that a changed one shows as such. */
  private static String lines(Map<String, Object> json) {
    ObjectMapper mapper = new ObjectMapper();
    List<String> lines = new ArrayList<>();
    json.forEach(
        (key, value) -> {
          String name = "  \"" + key + "\": ";
          if (value instanceof List<?> list && !(list.get(0) instanceof String)) {
            List<String> entries =
                list.stream().map(each -> "    " + mapper.valueToTree(each)).toList();
            lines.add(name + "[\n" + String.join(",\n", entries) + "\n  ]");
          } else {
            lines.add(name + mapper.valueToTree(value));
          }
        });
    return "{\n" + String.join(",\n", lines) + "\n}\n";
  }
}
