package org.phasemap.cli;

import org.phasemap.rows.Provenance;
import picocli.CommandLine.IVersionProvider;

/** Version and commit, as results carry them. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"PhaseMap " + Provenance.codeVersion()};
  }
}
