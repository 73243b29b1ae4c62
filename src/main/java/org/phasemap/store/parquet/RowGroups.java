package org.phasemap.store.parquet;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReadStore;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import org.phasemap.data.FooterBounds;
import org.phasemap.store.table.Column;

/**
 * What {@link RowWriter} and Spark write, read column by column, some rows at a time; lists come as
 * {@code List}.
 */
final class RowGroups implements Closeable {
  private static final int ROWS_AT_ONCE = 256;

  private final ParquetFileReader file;
  private final List<Column> columns;
  private final MessageType schema;
  private final int cell;
  private final int replicate;
  private List<ColumnCursor> cursors = List.of();

  /** Rows of the open group that have not been read. */
  private long left;

  /**
   * Opens a file.
   *
   * @param columns wanted, in order; those that the file lacks are null
   */
  RowGroups(InputFile input, ParquetReadOptions options, List<Column> columns) throws IOException {
    this.columns = columns;
    List<String> names = columns.stream().map(Column::name).toList();
    cell = names.indexOf("cell_id");
    replicate = names.indexOf("replicate");
    file = ParquetFileReader.open(input, options);
    try {
      FooterBounds.check(file.getFooter(), input.getLength());
      schema = wanted(file.getFileMetaData().getSchema());
      file.setRequestedSchema(schema);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private MessageType wanted(MessageType all) {
    ColumnTypes.fault(all, columns)
        .ifPresent(
            fault -> {
              throw new BadRow(fault);
            });
    List<Type> types =
        columns.stream()
            .filter(column -> all.containsField(column.name()))
            .map(column -> all.getType(column.name()))
            .toList();
    return new MessageType(all.getName(), types);
  }

  /** Whether the file has no column that is not read. */
  boolean hasAllColumns() {
    return schema.getFieldCount() == file.getFileMetaData().getSchema().getFieldCount();
  }

  /** What stands in the file's footer besides its columns. */
  Map<String, String> metadata() {
    return file.getFileMetaData().getKeyValueMetaData();
  }

  /** The next rows; none behind the last. */
  List<@Nullable Object[]> next() throws IOException {
    while (left == 0) {
      PageReadStore group = file.readNextRowGroup();
      if (group == null) {
        return List.of();
      }
      open(group);
    }
    int count = (int) Math.min(left, ROWS_AT_ONCE);
    List<@Nullable Object[]> rows = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      rows.add(new Object[columns.size()]);
    }
    cursors.forEach(cursor -> cursor.read(rows));
    rows.forEach(this::checkKeys);
    left -= count;
    return rows;
  }

  private void open(PageReadStore group) {
    ColumnReadStore store =
        new ColumnReadStoreImpl(
            group, new Unused(schema), schema, file.getFileMetaData().getCreatedBy());
    cursors = new ArrayList<>();
    left = group.getRowCount();
    if (left > 0) {
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        if (schema.containsField(column.name())) {
          int field = schema.getFieldIndex(column.name());
          ColumnDescriptor descriptor = schema.getColumns().get(field);
          cursors.add(
              new ColumnCursor(
                  store.getColumnReader(descriptor),
                  group.getPageReader(descriptor).getTotalValueCount(),
                  column,
                  i,
                  schema.getType(field)));
        }
      }
    }
  }

  /** Whoever reads them counts with them. */
  private void checkKeys(@Nullable Object[] row) {
    if (cell >= 0 && row[cell] == null) {
      throw new BadRow("a row has no cell_id");
    }
    if (replicate >= 0 && !(row[replicate] instanceof Integer number && number >= 0)) {
      throw new BadRow("a row's replicate is " + row[replicate]);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Stands where Parquet would have records assembled. */
  private static final class Unused extends GroupConverter {
    private final GroupType type;

    Unused(GroupType type) {
      this.type = type;
    }

    @Override
    public Converter getConverter(int field) {
      Type child = type.getType(field);
      return child.isPrimitive() ? new PrimitiveConverter() {} : new Unused(child.asGroupType());
    }

    @Override
    public void start() {
      throw new IllegalStateException("nothing is assembled");
    }

    @Override
    public void end() {
      throw new IllegalStateException("nothing is assembled");
    }
  }
}
