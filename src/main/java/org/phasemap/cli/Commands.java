package org.phasemap.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.phasemap.cli.claims.ClaimsCommand;
import org.phasemap.cli.doctor.DoctorCommand;
import org.phasemap.cli.regress.BaselineCommand;
import org.phasemap.cli.regress.NightlyCommand;
import org.phasemap.cli.regress.RegressCommand;
import org.phasemap.cli.results.BoundariesCommand;
import org.phasemap.cli.results.CompareCommand;
import org.phasemap.cli.results.ExportCommand;
import org.phasemap.cli.results.FigureCommand;
import org.phasemap.cli.results.FilesCommand;
import org.phasemap.cli.results.ListCommand;
import org.phasemap.cli.results.QueryCommand;
import org.phasemap.cli.results.ReplayCommand;
import org.phasemap.cli.results.ReportCommand;
import org.phasemap.cli.results.ServeCommand;
import org.phasemap.cli.results.ShowCommand;
import org.phasemap.cli.shell.CompletionCommand;
import org.phasemap.cli.shell.HelpCommand;
import org.phasemap.cli.shell.InitCommand;
import org.phasemap.cli.shell.VersionCommand;
import org.phasemap.cli.sweep.CancelCommand;
import org.phasemap.cli.sweep.PlanCommand;
import org.phasemap.cli.sweep.StatusCommand;
import org.phasemap.cli.sweep.SweepCommand;
import org.phasemap.cli.theory.TheoryCommand;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The commands, by name, in the order of the help. Only the one that is called is made: the options
 * of all others are read by reflection, which takes longer than most answers.
 */
final class Commands {
  private static final Map<String, Class<?>> ALL = new LinkedHashMap<>();

  /** Those that speak of the others, or run them. */
  private static final Set<String> OF_ALL = Set.of("help", "completion", "nightly");

  private static final Set<String> VERSION = Set.of("--version", "-V");

  private static final Set<String> HELP = Set.of("--help", "-h", "help");

  /** In place of picocli's. */
  private static final Map<String, String> OWN_WORDS =
      Map.of("--help", "prints this help", "--version", "prints version and commit");

  static {
    ALL.put("init", InitCommand.class);
    ALL.put("plan", PlanCommand.class);
    ALL.put("sweep", SweepCommand.class);
    ALL.put("list", ListCommand.class);
    ALL.put("status", StatusCommand.class);
    ALL.put("cancel", CancelCommand.class);
    ALL.put("show", ShowCommand.class);
    ALL.put("compare", CompareCommand.class);
    ALL.put("report", ReportCommand.class);
    ALL.put("figure", FigureCommand.class);
    ALL.put("serve", ServeCommand.class);
    ALL.put("query", QueryCommand.class);
    ALL.put("files", FilesCommand.class);
    ALL.put("export", ExportCommand.class);
    ALL.put("boundaries", BoundariesCommand.class);
    ALL.put("replay", ReplayCommand.class);
    ALL.put("regress", RegressCommand.class);
    ALL.put("baseline", BaselineCommand.class);
    ALL.put("nightly", NightlyCommand.class);
    ALL.put("doctor", DoctorCommand.class);
    ALL.put("theory", TheoryCommand.class);
    ALL.put("claims", ClaimsCommand.class);
    ALL.put("completion", CompletionCommand.class);
    ALL.put("version", VersionCommand.class);
    ALL.put("help", HelpCommand.class);
  }

  private Commands() {}

  /** A command line that knows what these arguments can mean. */
  static CommandLine of(Object root, String... args) {
    CommandLine line = new CommandLine(root);
    String first = args.length == 0 ? "" : args[0];
    Class<?> called = ALL.get(first);
    if (called != null && !OF_ALL.contains(first)) {
      line.addSubcommand(first, called);
    } else if (!VERSION.contains(first)) {
      ALL.forEach((name, command) -> line.addSubcommand(name, command));
    }
    if (args.length <= 1
        || Arrays.stream(args).anyMatch(HELP::contains)) { // One may show its help.
      word(line);
    }
    return line;
  }

  /** Has examples stand under a heading, and the options of all commands speak as ours do. */
  private static void word(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    if (spec.usageMessage().footer().length > 0) {
      spec.usageMessage().footerHeading("Examples:%n");
    }
    OWN_WORDS.forEach(
        (name, words) -> {
          OptionSpec option = spec.findOption(name);
          if (option != null) {
            spec.remove(option);
            spec.addOption(OptionSpec.builder(option).description(words).build());
          }
        });
    line.getSubcommands().values().forEach(Commands::word);
  }
}
