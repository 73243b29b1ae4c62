package org.phasemap.store.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.phasemap.network.UserException;
import org.phasemap.store.manifest.ManifestEntry.DataFile;
import org.phasemap.store.table.NewerSchema;
import org.phasemap.store.table.Tables;

/**
 * Reads manifest entries, which may come from anyone. What they name is opened, replaced and
 * deleted, so an entry may name the files of its own table in this folder and nothing else.
 */
final class ManifestJson {
  /** A hundred thousand files. */
  private static final int MOST_BYTES = 32 << 20;

  /** An entry has three levels. */
  private static final int MOST_LEVELS = 10;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,200}\\.parquet");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MOST_LEVELS).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private final String file;

  private ManifestJson(String file) {
    this.file = file;
  }

  /**
   * Reads an entry.
   *
   * @param file names the entry in messages
   * @param sequence number that the entry must have
   * @return empty where the text was cut off while it was written
   * @throws UserException if it is anything else, or names what an entry must not
   * @throws IOException if the file system does not give it
   */
  static Optional<ManifestEntry> read(InputStream in, String file, int sequence)
      throws IOException {
    ManifestJson entry = new ManifestJson(file);
    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw entry.no("it has more than 32 MiB");
    }
    JsonNode json;
    try {
      json = JSON.readTree(bytes);
    } catch (StreamReadException e) {
      return Optional.empty();
    } catch (JsonProcessingException e) { // nested too deeply, a number too long, a second value
      throw entry.no(String.valueOf(e.getOriginalMessage()), e);
    }
    return json instanceof MissingNode ? Optional.empty() : Optional.of(entry.of(json, sequence));
  }

  private ManifestEntry of(JsonNode json, int sequence) {
    if (!json.isObject()) {
      throw no("it is no JSON object");
    }
    checkVersion(json.path("schema_version").asInt());
    ManifestEntry entry;
    try {
      entry = JSON.treeToValue(json, ManifestEntry.class);
    } catch (JsonMappingException e) {
      throw no(e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw no(String.valueOf(e.getOriginalMessage()), e);
    }
    check("sequence", entry.sequence(), entry.sequence() == sequence, "the number in its name");
    boolean known = Tables.REPLICATES.equals(entry.table()) || Tables.CELLS.equals(entry.table());
    check("table", entry.table(), known, Tables.REPLICATES + ", " + Tables.CELLS);
    check("created_at", entry.createdAt(), isInstant(entry.createdAt()), "an ISO-8601 time in UTC");
    check("files", entry.files(), entry.files() != null, "a list");
    check("provenance", entry.provenance(), isMap(entry), "texts by name");
    checkFiles(entry);
    return entry;
  }

  /** A newer version's columns may mean something else, and this one would not write them. */
  private void checkVersion(int version) {
    if (version > Tables.SCHEMA_VERSION) {
      throw new NewerSchema(file, version);
    }
    check("schema_version", version, version >= 1, "1 to " + Tables.SCHEMA_VERSION);
  }

  private void checkFiles(ManifestEntry entry) {
    Set<String> paths = new HashSet<>();
    long rows = 0;
    for (int i = 0; i < entry.files().size(); i++) {
      DataFile named = entry.files().get(i);
      String field = "files[" + i + "]";
      check(field, named, named != null, "a file");
      String path = named.path();
      check(field + ".path", path, isOf(entry.table(), path), entry.table() + "/NAME.parquet");
      check(field + ".path", path, paths.add(path), "each file once");
      check(field + ".rows", named.rows(), named.rows() >= 0, "numbers from 0");
      check(field + ".bytes", named.bytes(), named.bytes() >= 0, "numbers from 0");
      check(field + ".sha256", named.sha256(), isHash(named.sha256()), "64 hex digits");
      rows += named.rows();
      check(field + ".rows", named.rows(), rows >= 0, "fewer");
    }
    check("rows", entry.rows(), entry.rows() == rows, rows + ", the sum of its files'");
  }

  /** Whether a path is that of a plain file in a table's folder. */
  private static boolean isOf(String table, @Nullable String path) {
    return path != null
        && path.startsWith(table + "/")
        && NAME.matcher(path.substring(table.length() + 1)).matches();
  }

  private static boolean isHash(@Nullable String sha256) {
    return sha256 != null && SHA256.matcher(sha256).matches();
  }

  private static boolean isInstant(@Nullable String time) {
    try {
      return time != null && Instant.parse(time).getEpochSecond() >= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static boolean isMap(ManifestEntry entry) {
    return entry.provenance() != null
        && List.copyOf(entry.provenance().keySet()).stream()
            .allMatch(key -> entry.provenance().get(key) != null);
  }

  private void check(String field, @Nullable Object value, boolean right, String allowed) {
    if (!right) {
      String shown = String.valueOf(value);
      throw no(
          String.format(
              "%s: %s is not allowed; allowed: %s",
              field, shown.length() <= 100 ? shown : shown.substring(0, 99) + "…", allowed));
    }
  }

  private UserException no(String problem) {
    return new UserException(message(problem));
  }

  private UserException no(String problem, Exception cause) {
    return new UserException(message(problem), cause);
  }

  private String message(String problem) {
    return String.format(
        "%s: is no manifest entry (%s); bring it back from a copy, or sweep into another folder"
            + " (--results)",
        file, problem);
  }
}
