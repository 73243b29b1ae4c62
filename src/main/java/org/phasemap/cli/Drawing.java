package org.phasemap.cli;

import java.io.PrintStream;
import org.phasemap.store.ResultsFolder;

final class Drawing {
  static void draw(ResultsFolder f, PrintStream o, Terminal t) {}
}
