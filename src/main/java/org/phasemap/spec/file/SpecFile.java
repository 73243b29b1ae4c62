package org.phasemap.spec.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.phasemap.network.UserException;
import org.phasemap.spec.yaml.Wording;

/** A file's text, if it can be a spec at all. */
final class SpecFile {
  /** Largest file that is read, in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private SpecFile() {}

  /**
   * Reads a file of UTF-8 text, never more than {@link #MAX_BYTES} of it.
   *
   * @throws UserException where it is not such a file, or cannot be read
   */
  static String read(Path file) {
    byte[] bytes;
    if (file.toString().isEmpty()) {
      throw new UserException("SPEC: is empty; allowed: a YAML file");
    }
    try {
      if (Files.isDirectory(file)) {
        throw new UserException(file + ": is a folder; allowed: a YAML file");
      }
      if (!Files.isRegularFile(file) && Files.exists(file)) {
        throw new UserException(file + ": is a pipe, a socket or a device; allowed: a YAML file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw tooLarge(file);
      }
      try (InputStream in = Files.newInputStream(file)) {
        bytes = in.readNBytes(MAX_BYTES + 1);
      }
    } catch (NoSuchFileException e) {
      throw new UserException(file + ": no such file; allowed: a YAML file", e);
    } catch (AccessDeniedException e) {
      throw new UserException(file + ": permission denied; allowed: a file you may read", e);
    } catch (IOException e) {
      throw new UserException(file + ": cannot be read: " + Wording.sentence(e.toString()), e);
    }
    if (bytes.length > MAX_BYTES) {
      throw tooLarge(file);
    }
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UserException(file + ": not a text file; allowed: YAML in UTF-8", e);
    }
  }

  private static UserException tooLarge(Path file) {
    return new UserException(file + ": too large for a spec; allowed: at most 1 MiB");
  }
}
