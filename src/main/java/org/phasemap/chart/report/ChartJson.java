package org.phasemap.chart.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.phasemap.chart.CellsTable;
import org.phasemap.chart.Digits;
import org.phasemap.chart.Rounded;
import org.phasemap.chart.explore.selection.Columns;
import org.phasemap.chart.summary.Profile;

/**
 * How charts become JSON: numbers as short as their {@link Digits}, null for NaN and the
 * infinities; constants of enums in lower case.
 */
public final class ChartJson extends SimpleModule {
  private static final long serialVersionUID = 1;

  private ChartJson() {
    addSerializer(Double.class, new Numbers(Digits.USUAL));
    addSerializer(double.class, new Numbers(Digits.USUAL));
    addSerializer(Enum.class, new Constants());
    addSerializer(CellsTable.class, new Cells());
    addSerializer(Columns.class, new Packed());
    addSerializer(Profile.class, new Layers());
  }

  /** What writes charts, members in snake case. */
  public static ObjectMapper mapper() {
    return JsonMapper.builder()
        .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .addModule(new ChartJson())
        .build();
  }

  private static final class Numbers extends StdSerializer<Double> implements ContextualSerializer {
    private static final long serialVersionUID = 1;
    private final int digits;

    Numbers(int digits) {
      super(Double.class);
      this.digits = digits;
    }

    @Override
    public JsonSerializer<?> createContextual(
        SerializerProvider provider, @Nullable BeanProperty property) {
      if (property == null) {
        return this;
      }
      Digits own = property.getAnnotation(Digits.class);
      Digits said = own == null ? property.getContextAnnotation(Digits.class) : own;
      return said == null ? this : new Numbers(said.value());
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      write(json, value, digits);
    }
  }

  private static void write(JsonGenerator json, double value, int digits) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(Rounded.text(value, digits));
    } else {
      json.writeNull();
    }
  }

  private static void write(JsonGenerator json, String name, List<Double> values, int digits)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (double value : values) {
      write(json, value, digits);
    }
    json.writeEndArray();
  }

  @SuppressWarnings("rawtypes")
  private static final class Constants extends StdSerializer<Enum> {
    private static final long serialVersionUID = 1;

    Constants() {
      super(Enum.class);
    }

    @Override
    public void serialize(Enum value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  /** {@code {"size": n, "columns": {name: packed column}}}. */
  private static final class Cells extends StdSerializer<CellsTable> {
    private static final long serialVersionUID = 1;

    Cells() {
      super(CellsTable.class);
    }

    @Override
    public void serialize(CellsTable cells, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      json.writeNumberField("size", cells.size());
      json.writeObjectFieldStart("columns");
      for (Map.Entry<String, List<@Nullable Object>> column : cells.columns().entrySet()) {
        provider.defaultSerializeField(column.getKey(), PackedColumn.of(column.getValue()), json);
      }
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  /** {@code {name: packed column}}; of a long column no object a value is made. */
  private static final class Packed extends StdSerializer<Columns> {
    private static final long serialVersionUID = 1;

    Packed() {
      super(Columns.class);
    }

    @Override
    public void serialize(Columns columns, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      for (Map.Entry<String, List<@Nullable Object>> column : columns.values().entrySet()) {
        json.writeFieldName(column.getKey());
        write(json, column.getValue(), columns.exact().contains(column.getKey()));
      }
      json.writeEndObject();
    }

    private static void write(JsonGenerator json, List<@Nullable Object> values, boolean exact)
        throws IOException {
      PackedColumn packed = exact ? PackedColumn.ofPlaces(values) : PackedColumn.of(values);
      if (packed instanceof PackedColumn.Constant constant) {
        json.writeStartObject();
        json.writeFieldName("const");
        write(json, constant.value(), exact);
        json.writeEndObject();
      } else if (packed instanceof PackedColumn.Dictionary dictionary) {
        json.writeStartObject();
        json.writeFieldName("dict");
        writePlain(json, dictionary.dict(), exact);
        json.writeFieldName("at");
        json.writeRawValue(text(dictionary.at()));
        json.writeEndObject();
      } else if (Columns.isOfNumbers(values) && !exact) {
        json.writeRawValue(numbers(values));
      } else if (Columns.isOfIds(values)) {
        json.writeRawValue(ids(values));
      } else {
        writePlain(json, values, exact);
      }
    }

    /** Numbers as an array: a map has a quarter of a million. */
    private static String numbers(List<@Nullable Object> numbers) {
      StringBuilder text = new StringBuilder(8 * numbers.size() + 2).append('[');
      for (int i = 0; i < numbers.size(); i++) {
        if (i > 0) {
          text.append(',');
        }
        double value = Columns.number(numbers, i);
        if (Double.isFinite(value)) {
          Rounded.append(text, value, Digits.USUAL);
        } else {
          text.append("null");
        }
      }
      return text.append(']').toString();
    }

    private static String ids(List<@Nullable Object> ids) {
      StringBuilder text = new StringBuilder(19 * ids.size() + 2).append('[');
      for (int i = 0; i < ids.size(); i++) {
        if (i > 0) {
          text.append(',');
        }
        Columns.appendId(text, ids, i);
      }
      return text.append(']').toString();
    }

    private static String text(List<Integer> places) {
      StringBuilder text = new StringBuilder(4 * places.size() + 2).append('[');
      for (int i = 0; i < places.size(); i++) {
        text.append(i > 0 ? "," : "").append(places.get(i).intValue());
      }
      return text.append(']').toString();
    }

    private static void writePlain(
        JsonGenerator json, List<? extends @Nullable Object> values, boolean exact)
        throws IOException {
      json.writeStartArray();
      for (Object value : values) {
        write(json, value, exact);
      }
      json.writeEndArray();
    }

    private static void write(JsonGenerator json, @Nullable Object value, boolean exact)
        throws IOException {
      if (value == null) {
        json.writeNull();
      } else if (value instanceof Double number) {
        if (exact && Double.isFinite(number)) {
          json.writeNumber(number);
        } else {
          ChartJson.write(json, number, Digits.USUAL);
        }
      } else if (value instanceof Number number) {
        json.writeNumber(number.longValue());
      } else {
        json.writeString(value.toString());
      }
    }
  }

  /** {@code l}, and for each curve q: {@code q, q_sd, theory_q, expected_q, expected_q_sd}. */
  private static final class Layers extends StdSerializer<Profile> {
    private static final long serialVersionUID = 1;
    private static final int DIGITS = 4;
    private static final int DIGITS_OF_SPREAD = 2;

    Layers() {
      super(Profile.class);
    }

    @Override
    public void serialize(Profile profile, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      provider.defaultSerializeField("l", profile.layers(), json);
      for (Map.Entry<String, Profile.Curve> entry : profile.curves().entrySet()) {
        String name = entry.getKey();
        Profile.Curve curve = entry.getValue();
        write(json, name, curve.mean(), DIGITS);
        write(json, name + "_sd", curve.sd(), DIGITS_OF_SPREAD);
        write(json, "theory_" + name, curve.theory(), DIGITS);
        Profile.Band band = curve.band();
        if (band != null) {
          write(json, "expected_" + name, band.expected(), DIGITS);
          write(json, "expected_" + name + "_sd", band.sd(), DIGITS_OF_SPREAD);
        }
      }
      json.writeEndObject();
    }
  }
}
