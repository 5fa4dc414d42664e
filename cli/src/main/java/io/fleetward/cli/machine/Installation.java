package io.fleetward.cli.machine;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where Fleetward lies on this machine: its jars, shipped rules, models, policies and actions.
///
/// @param home the folder that holds the launcher
/// @param own a folder whose `rules`, `models`, `policies` and `actions` are taken instead of the
///   shipped ones, as far as it has them; null for none
public record Installation(Path home, @Nullable Path own) {
  private static final String HOME_PROPERTY = "fleetward.home";

  /// The programs that a machine runs, each with a class path of its own, so that none carries what
  /// it does not need.
  public enum Program {
    AGENT("agent", "agent", "io.fleetward.agent.AgentMain"),
    SERVICE("service", "service", "io.fleetward.service.ServiceMain"),
    BROKER("broker", "cli", "io.fleetward.cli.broker.BrokerMain");

    private final String options;
    private final String module;
    private final String mainClass;

    Program(String options, String module, String mainClass) {
      this.options = options;
      this.module = module;
      this.mainClass = mainClass;
    }
  }

  /// The installation that the launcher started.
  public static Installation current() {
    String home = System.getProperty(HOME_PROPERTY, "");
    if (home.isEmpty()) {
      throw new MachineException(
          "-D%s is not set; start Fleetward with its launcher".formatted(HOME_PROPERTY));
    }
    return new Installation(Path.of(home), null);
  }

  /// This installation with files of somebody's own.
  ///
  /// @throws MachineException if it is no folder
  public Installation with(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new MachineException(
          "%s is no folder; name one that has rules/, models/, policies/ or actions/"
              .formatted(folder));
    }
    return new Installation(home, folder.toAbsolutePath().normalize());
  }

  private Path ownOr(String name, Path shipped) {
    return own != null && Files.isDirectory(own.resolve(name)) ? own.resolve(name) : shipped;
  }

  /// What a program's environment has beside ours.
  public Map<String, String> environment(Program program) {
    return switch (program) {
      // one arena of libc's heap: threads that rarely allocate need none of their own
      case AGENT -> Map.of("MALLOC_ARENA_MAX", "1");
      case SERVICE, BROKER -> Map.of();
    };
  }

  /// The command that starts a program, on the JVM that runs this one. The archive of the agent's
  /// classes, which `deploy/agent/archive-classes` writes, is used if it is there.
  public List<String> command(Program program, List<String> arguments) {
    Path target = home.resolve(program.module).resolve("target");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve("deploy/jvm").resolve(program.options + ".args"));
    command.add("-D%s=%s".formatted(HOME_PROPERTY, home));
    Path archive = target.resolve("agent.jsa");
    if (program == Program.AGENT && Files.exists(archive)) {
      command.add("-XX:SharedArchiveFile=" + archive);
      command.add("-Xlog:aot=off,cds=off");
    }
    command.add("-cp");
    command.add("%s/*:%s".formatted(target.resolve("lib"), jarOf(program.module, target)));
    command.add(program.mainClass);
    command.addAll(arguments);
    return command;
  }

  private static Path jarOf(String module, Path target) {
    try (DirectoryStream<Path> jars =
        Files.newDirectoryStream(target, "fleetward-%s-*.jar".formatted(module))) {
      for (Path jar : jars) {
        return jar;
      }
    } catch (IOException e) {
      throw new MachineException("%s cannot be read: %s".formatted(target, e.getMessage()));
    }
    throw new MachineException(
        "%s holds no jar of %s; build with: mvn -DskipTests package".formatted(target, module));
  }

  public Path rules() {
    return ownOr("rules", home.resolve("rules/packs/host"));
  }

  public Path models() {
    return ownOr("models", home.resolve("models/packs/host"));
  }

  public Path policies() {
    return ownOr("policies", home.resolve("policies"));
  }

  public Path actions() {
    return ownOr("actions", home.resolve("actions"));
  }
}
