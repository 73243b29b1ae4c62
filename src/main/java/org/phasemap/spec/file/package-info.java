/**
 * The file that a user writes: what each field may say, reading it into records, writing records
 * back. Every field is declared once, in {@code SpecFormat} and its parts: reading, messages, the
 * JSON schema and docs/spec.md follow from that. A mistake names the file, the line and the path of
 * the field.
 */
@NullMarked
package org.phasemap.spec.file;

import org.jspecify.annotations.NullMarked;
