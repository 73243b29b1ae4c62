package org.phasemap.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.phasemap.kernel.Backend;
import org.phasemap.network.UserException;
import org.phasemap.spec.Spec;
import org.phasemap.spec.file.SpecFields;
import org.phasemap.store.ResultsFolder;
import org.phasemap.store.table.Tables;

/**
 * How a spec differs from the resolved one of a results folder. Axes, replicates and limits may
 * change: they say how much is measured. All else says what, and tables that mix two answers could
 * be averaged over by mistake.
 */
public final class SpecChange {

  private SpecChange() {}

  /**
   * Refuses a folder with rows of another kind: they must not share a table.
   *
   * @throws UserException that says what differs
   */
  public static void refuse(ResultsFolder folder, Spec spec, Backend backend) {
    List<String> changes =
        new ArrayList<>(
            folder.dataFiles(Tables.REPLICATES).isEmpty()
                ? List.of()
                : folder.specYaml().map(before -> of(before, spec)).orElse(List.of()));
    Map<String, String> before = folder.provenance();
    String is = backend.id();
    String was = before.getOrDefault("backend", is);
    boolean replaced = backend.replaces(was);
    if (changes.isEmpty() && !replaced && !was.equals(is)) {
      changes.add(String.format("backend: %s, now %s", was, is));
    }
    if (!changes.isEmpty()) {
      throw new UserException(
          String.format(
              "%s: holds a sweep of another spec (%s); allowed: the same, with other axes,"
                  + " replicates or limits. For a new sweep choose another name (-o name=…) or"
                  + " another folder (--results)",
              folder.path(""), String.join("; ", changes)));
    }
  }

  /** The fields that must not change and did, such as {@code inputs.count: 8, now 16}. */
  static List<String> of(String before, Spec spec) {
    Map<String, String> was = SpecFields.of(before, "spec.yaml");
    Map<String, String> is = SpecFields.of(spec);
    // A sweep may begin to train, or end, and begin to measure; rows of the two tasks never mix.
    boolean trains = has(was, "training.") && has(is, "training.");
    List<String> changes = new ArrayList<>();
    for (Map.Entry<String, String> field : was.entrySet()) {
      String key = field.getKey();
      String now = is.getOrDefault(key, field.getValue());
      boolean free = SpecFields.mayChange(key) || (key.startsWith("training") && !trains);
      free |= key.equals("probes") && field.getValue().equals("[]");
      if (!free && !now.equals(field.getValue())) {
        changes.add(String.format("%s: %s, now %s", key, field.getValue(), now));
      }
    }
    return changes;
  }

  private static boolean has(Map<String, String> fields, String prefix) {
    return fields.keySet().stream().anyMatch(field -> field.startsWith(prefix));
  }
}
