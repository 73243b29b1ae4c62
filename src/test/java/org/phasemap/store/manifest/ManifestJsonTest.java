package org.phasemap.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.phasemap.network.UserException;

class ManifestJsonTest {
  private static final String FILE =
      "{\"path\":\"replicates/a-1.parquet\",\"rows\":3,\"bytes\":9,\"sha256\":\""
          + "0".repeat(64)
          + "\"}";
  private static final String ENTRY =
      "{\"schema_version\":5,\"sequence\":2,\"table\":\"replicates\",\"replaces\":false,"
          + "\"created_at\":\"2026-11-22T12:35:35Z\",\"rows\":3,\"files\":["
          + FILE
          + "],\"provenance\":{\"seed\":\"1\"}}";

  private static Optional<ManifestEntry> read(String json) throws IOException {
    return ManifestJson.read(
        new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "000002.json", 2);
  }

  @Test
  void anEntryIsRead() throws IOException {
    assertThat(read(ENTRY).orElseThrow().files().get(0).path()).isEqualTo("replicates/a-1.parquet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../victim.parquet",
        "/etc/passwd",
        "file:///tmp/a.parquet",
        "s3a://bucket/a.parquet",
        "replicates/../../a.parquet",
        "replicates/./a.parquet",
        "replicates//a.parquet",
        "replicates/b/a.parquet",
        "replicates\\\\a.parquet",
        "replicates/.a.parquet",
        "replicates/*.parquet",
        "replicates/a.txt",
        "replicates/",
        "cells/a.parquet",
        "_staging/a.parquet",
        ""
      })
  void aFileOutsideItsTableIsRefused(String path) {
    assertThatThrownBy(() -> read(ENTRY.replace("replicates/a-1.parquet", path)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("000002.json: is no manifest entry (files[0].path: ")
        .hasMessageContaining("allowed: replicates/NAME.parquet");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"sequence\":2 | \"sequence\":3 | sequence: 3 is not allowed",
        "\"sequence\":2 | \"sequence\":\"2\" | Cannot coerce",
        "\"table\":\"replicates\" | \"table\":null | table: null is not allowed",
        "\"table\":\"replicates\" | \"table\":\"x\" | allowed: replicates, cells",
        "\"schema_version\":5 | \"schema_version\":0 | schema_version: 0 is not allowed",
        "\"schema_version\":5 | \"schema_version\":99 | a newer version of PhaseMap",
        "2026-11-22T12:35:35Z | yesterday | created_at: yesterday is not allowed",
        "\"rows\":3,\"files\" | \"rows\":4,\"files\" | rows: 4 is not allowed; allowed: 3",
        "\"bytes\":9 | \"bytes\":-9 | files[0].bytes: -9 is not allowed",
        "\"seed\":\"1\" | \"seed\":null | provenance",
        "\"seed\":\"1\" | \"seed\":[[[[[[[[[[[]]]]]]]]]]] | nesting depth",
      })
  void everyFieldIsChecked(String right, String wrong, String message) {
    assertThat(ENTRY).contains(right);
    assertThatThrownBy(() -> read(ENTRY.replace(right, wrong)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aFileIsListedOnce() {
    assertThatThrownBy(
            () ->
                read(
                    ENTRY
                        .replace(FILE, FILE + "," + FILE)
                        .replaceFirst("\"rows\":3", "\"rows\":6")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("allowed: each file once");
  }

  @Test
  void whatIsNoObjectIsNoEntry() {
    for (String json : new String[] {"null", "[]", "1", ENTRY + ENTRY}) {
      assertThatThrownBy(() -> read(json)).isInstanceOf(UserException.class);
    }
    String deep = "[".repeat(1000) + "]".repeat(1000);
    assertThatThrownBy(() -> read(deep))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nesting depth");
    assertThatThrownBy(() -> read(ENTRY.replace(FILE, "null").replace("\"rows\":3", "\"rows\":0")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("files[0]: null is not allowed");
  }

  @Test
  void whatIsCutOffIsNoCommit() throws IOException {
    for (int length : new int[] {0, 1, ENTRY.length() / 2, ENTRY.length() - 1}) {
      assertThat(read(ENTRY.substring(0, length))).isEmpty();
    }
  }
}
