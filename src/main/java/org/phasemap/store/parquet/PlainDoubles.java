package org.phasemap.store.parquet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.DoubleStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Doubles as they are in memory. Measured numbers differ from row to row: a dictionary of them
 * costs more than all the rest of writing, and is then thrown away.
 */
final class PlainDoubles implements PageValues {
  private static final int FIRST_BYTES = 1 << 12;

  private final PrimitiveType type;
  private ByteBuffer buffer = buffer(FIRST_BYTES);
  private double smallest;
  private double largest;
  private boolean hasNaN;

  PlainDoubles(PrimitiveType type) {
    this.type = type;
    reset();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public void add(Object value) {
    double number = (Double) value;
    reserve(Double.BYTES);
    buffer.putDouble(number);
    note(number);
  }

  @Override
  public void addAll(Object array) {
    double[] numbers = (double[]) array;
    reserve(numbers.length * Double.BYTES);
    buffer.asDoubleBuffer().put(numbers);
    buffer.position(buffer.position() + numbers.length * Double.BYTES);
    for (double number : numbers) {
      note(number);
    }
  }

  private void reserve(int bytes) {
    if (buffer.remaining() < bytes) {
      ByteBuffer larger = buffer(Math.max(2 * buffer.capacity(), buffer.position() + bytes));
      larger.put(buffer.flip());
      buffer = larger;
    }
  }

  private void note(double number) {
    if (number < smallest) {
      smallest = number;
    }
    if (number > largest) {
      largest = number;
    }
    hasNaN |= Double.isNaN(number);
  }

  @Override
  public long bytes() {
    return buffer.position();
  }

  @Override
  public BytesInput encoded() {
    return BytesInput.from(buffer.array(), buffer.arrayOffset(), buffer.position());
  }

  @Override
  public Encoding encoding() {
    return Encoding.PLAIN;
  }

  @Override
  public Statistics<?> statistics() {
    DoubleStatistics statistics = (DoubleStatistics) Statistics.createStats(type);
    if (hasNaN) {
      // Parquet knows how to say that there is no order among them.
      for (int at = 0; at < buffer.position(); at += Double.BYTES) {
        statistics.updateStats(buffer.getDouble(at));
      }
    } else if (buffer.position() > 0) {
      // Either zero may be among them (parquet.thrift, ColumnOrder).
      statistics.setMinMax(smallest == 0 ? -0.0 : smallest, largest == 0 ? 0.0 : largest);
    }
    return statistics;
  }

  @Override
  public void reset() {
    buffer.clear();
    smallest = Double.POSITIVE_INFINITY;
    largest = Double.NEGATIVE_INFINITY;
    hasNaN = false;
  }

  @Override
  public @Nullable DictionaryPage takeDictionary() {
    return null;
  }
}
