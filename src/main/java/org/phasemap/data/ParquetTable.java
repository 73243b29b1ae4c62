package org.phasemap.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;

/** A Parquet file of flat columns: numbers, and a label in one column. */
final class ParquetTable {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  private final String file;
  private final Path path;
  private final Configuration configuration = DataFile.configuration();

  private ParquetTable(String file) {
    this.file = file;
    this.path = new Path(file);
  }

  /**
   * Reads a file.
   *
   * @param label column that holds the class; null where all columns are numbers
   */
  static Table read(String file, @Nullable String label, ContentHash hash) {
    byte[] content = hash.add(DataFile.read(file));
    for (int i = 0; i < MAGIC.length; i++) {
      int end = content.length - MAGIC.length + i;
      if (content.length < 3 * MAGIC.length || content[i] != MAGIC[i] || content[end] != MAGIC[i]) {
        throw new UserException(file + ": is not a whole Parquet file; expected one");
      }
    }
    ParquetTable table = new ParquetTable(file);
    try {
      return table.table(label);
    } catch (UserException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // it could be read: Parquet throws many kinds
      throw new UserException(file + ": is a damaged Parquet file; expected a whole one", e);
    }
  }

  private Table table(@Nullable String label) throws IOException {
    MessageType schema;
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, configuration))) {
      schema = reader.getFooter().getFileMetaData().getSchema();
    }
    List<String> columns = schema.getFields().stream().map(Type::getName).toList();
    int labelAt = Table.labelColumn(file, columns, label);
    List<String> numeric = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (i == labelAt) {
        checkLabel(schema.getType(i));
      } else {
        checkNumeric(schema.getType(i));
        numeric.add(columns.get(i));
      }
    }
    Table table = new Table(file, numeric);
    try (ParquetReader<Group> rows =
        ParquetReader.builder(new GroupReadSupport(), path).withConf(configuration).build()) {
      long number = 1;
      for (Group row = rows.read(); row != null; row = rows.read()) {
        add(row, columns.size(), labelAt, number++, table);
      }
    }
    return table;
  }

  private void add(Group row, int width, int labelAt, long number, Table table) {
    String label = null;
    int column = 0;
    for (int i = 0; i < width; i++) {
      boolean missing = row.getFieldRepetitionCount(i) == 0;
      if (i == labelAt) {
        if (missing) {
          throw new UserException(file + ":" + number + ": has no label; expected a class");
        }
        label = row.getValueToString(i, 0);
      } else if (missing) {
        throw table.wrong(number, column, "is null; expected a finite number");
      } else {
        table.add(number(row, i), number);
        column++;
      }
    }
    table.endRow(label);
  }

  private static double number(Group row, int column) {
    return switch (row.getType().getType(column).asPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> row.getInteger(column, 0);
      case INT64 -> row.getLong(column, 0);
      case FLOAT -> row.getFloat(column, 0);
      case BOOLEAN -> row.getBoolean(column, 0) ? 1 : 0;
      default -> row.getDouble(column, 0);
    };
  }

  private void checkNumeric(Type type) {
    boolean plain =
        type.isPrimitive()
            && !type.isRepetition(Type.Repetition.REPEATED)
            && (type.getLogicalTypeAnnotation() == null || isInteger(type))
            && switch (type.asPrimitiveType().getPrimitiveTypeName()) {
              case INT32, INT64, FLOAT, DOUBLE, BOOLEAN -> true;
              default -> false;
            };
    if (!plain) {
      throw new UserException(
          String.format(
              "%s: column %s is not numeric; expected int, long, float, double or boolean, or the"
                  + " label",
              file, type.getName()));
    }
  }

  private void checkLabel(Type type) {
    boolean text =
        type.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation;
    boolean whole =
        type.isPrimitive()
            && (type.getLogicalTypeAnnotation() == null || isInteger(type))
            && List.of(PrimitiveTypeName.INT32, PrimitiveTypeName.INT64, PrimitiveTypeName.BOOLEAN)
                .contains(type.asPrimitiveType().getPrimitiveTypeName());
    if (!text && !whole) {
      throw new UserException(
          String.format(
              "%s: column %s is no label; expected text, whole numbers or booleans",
              file, type.getName()));
    }
  }

  private static boolean isInteger(Type type) {
    return type.getLogicalTypeAnnotation()
        instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation;
  }
}
