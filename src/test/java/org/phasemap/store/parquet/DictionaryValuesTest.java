package org.phasemap.store.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;

class DictionaryValuesTest {
  private static final ColumnDescriptor TEXTS =
      new ColumnDescriptor(
          new String[] {"text"},
          Types.required(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named("text"),
          0,
          0);

  /** 16 letters each: from 52,000 on they are more than a dictionary holds. */
  private static byte[] page(DictionaryValues values, int first, int count, int repeated)
      throws IOException {
    for (int i = 0; i < count; i++) {
      values.add(String.format("%016x", first + i / repeated));
    }
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    values.encoded().writeAllTo(page);
    values.reset();
    return page.toByteArray();
  }

  @Test
  void aRowGroupDoesNotKnowThatTheOneBeforeGaveUpItsDictionary() throws IOException {
    DictionaryValues values = new DictionaryValues(TEXTS, Layout.of(new Configuration(false)));
    page(values, 0, 20_000, 8);
    assertThat(values.encoding().usesDictionary()).isTrue();
    page(values, 10_000, 60_000, 1);
    assertThat(values.encoding()).isEqualTo(Encoding.PLAIN);
    assertThat(values.takeDictionary()).isNotNull();

    DictionaryValues fresh = new DictionaryValues(TEXTS, Layout.of(new Configuration(false)));
    assertThat(page(values, 500_000, 20_000, 8)).isEqualTo(page(fresh, 500_000, 20_000, 8));
    assertThat(page(values, 510_000, 60_000, 1)).isEqualTo(page(fresh, 510_000, 60_000, 1));
  }
}
