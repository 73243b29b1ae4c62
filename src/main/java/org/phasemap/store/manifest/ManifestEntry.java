package org.phasemap.store.manifest;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.phasemap.store.table.Tables;

/**
 * One commit: a set of files that became part of a table at once.
 *
 * @param schemaVersion of the table's columns
 * @param sequence number of the commit, from 1; also the entry's file name
 * @param table {@code replicates} or {@code cells}
 * @param replaces whether the table is these files alone; else they add to it
 * @param createdAt ISO-8601, UTC
 * @param rows of all files
 * @param files published, relative to the results folder
 * @param provenance what made them
 */
@JsonPropertyOrder({
  "schema_version",
  "sequence",
  "table",
  "replaces",
  "created_at",
  "rows",
  "files",
  "provenance"
})
public record ManifestEntry(
    @JsonProperty("schema_version") int schemaVersion,
    @JsonProperty("sequence") int sequence,
    @JsonProperty("table") String table,
    @JsonProperty("replaces") boolean replaces,
    @JsonProperty("created_at") String createdAt,
    @JsonProperty("rows") long rows,
    @JsonProperty("files") List<DataFile> files,
    @JsonProperty("provenance") Map<String, String> provenance) {

  /**
   * Whether the table is these files alone; {@code cells} always were, before entries said so. JSON
   * would take a name that starts with "is" for a field of its own.
   */
  public boolean beginsTable() {
    return replaces || table.equals(Tables.CELLS);
  }

  /**
   * A published Parquet file.
   *
   * @param path relative to the results folder
   * @param rows read from its footer
   * @param bytes its length
   * @param sha256 of its bytes, in hex
   */
  public record DataFile(
      @JsonProperty("path") String path,
      @JsonProperty("rows") long rows,
      @JsonProperty("bytes") long bytes,
      @JsonProperty("sha256") String sha256)
      implements Serializable {}
}
