package io.fleetward.agent.enrolment;

import io.fleetward.agent.scraping.CertificateTrust;
import io.fleetward.agent.settings.AgentSettings;
import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// `fleetward agent enrol`: arguments, messages and exit status.
public final class EnrolMain {
  private static final int BAD_INPUT = 2;
  private static final int UNREACHABLE = 4;
  private static final int REFUSED = 5;
  private static final String FORCE = "--force";
  private static final Set<String> WITH_VALUE =
      Set.of("--token", "--token-file", "--server", "--config", "--ca-file");

  private static final String USAGE =
      """
      Usage: fleetward agent enrol (--token TOKEN | --token-file FILE) [--server URL] [--ca-file FILE]
               [--config FILE] [--force] [--help]

      Makes this host's keys and shows the service the public one. Run it as root, and the keys go to
      whoever owns the agent's state folder, or as the user that the agent runs as. Start or restart
      the agent afterwards. An admin makes the token: fleetward hosts token

        --token TOKEN      the enrolment token, fle_...; others on this host can see it in ps
        --token-file FILE  the file that holds it
        --server URL       the service; default http://127.0.0.1:7480. Use https beyond this machine
        --ca-file FILE     certificates (PEM) to trust instead of those that Java knows
        --config FILE      the agent's properties file; FLEETWARD_... variables go over it
        --force            make new keys though there are some

      Exit status: 0 enrolled, 2 bad input, 4 the service cannot be reached, 5 refused.
      """;

  private EnrolMain() {}

  /// @param words what follows `enrol`
  /// @return the exit status
  public static int run(String... words) {
    try {
      return run(options(words));
    } catch (EnrolmentFailedException e) {
      System.err.println(e.getMessage());
      return switch (e.reason()) {
        case BAD_INPUT -> BAD_INPUT;
        case UNREACHABLE -> UNREACHABLE;
        case REFUSED -> REFUSED;
      };
    } catch (InvalidConfigurationException e) {
      for (Problem problem : e.problems()) {
        System.err.println(problem);
      }
      return BAD_INPUT;
    } catch (IOException e) {
      System.err.printf(
          "a file cannot be used (%s); run this as root, or as the user that the agent runs as, who"
              + " has to be able to write the keys' folder%n",
          e);
      return BAD_INPUT;
    } catch (InterruptedException _) {
      return UNREACHABLE;
    }
  }

  private static int run(Map<String, String> options)
      throws IOException, InterruptedException, EnrolmentFailedException {
    if (options.containsKey("--help")) {
      System.out.print(USAGE);
      return 0;
    }
    AgentSettings settings =
        AgentSettings.load(
            Optional.ofNullable(options.get("--config")).map(Path::of), System.getenv());
    KeyFiles files = new KeyFiles(settings.actions().hostKey(), settings.scrapeKey());
    Enrolment enrolment =
        new Enrolment(settings.actions().instance(), server(options), trust(options));
    String fingerprint = enrolment.run(token(options), files, options.containsKey(FORCE));
    files.giveToOwnerOf(settings.actions().state());
    System.out.printf(
        "%s is enrolled with the key %s in %s; start or restart its agent%n",
        settings.actions().instance(), fingerprint, files.hostKey());
    return 0;
  }

  private static Map<String, String> options(String... words) throws EnrolmentFailedException {
    Map<String, String> options = new HashMap<>();
    for (int i = 0; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      String name = equals < 0 ? words[i] : words[i].substring(0, equals);
      if (name.equals(FORCE) || name.equals("--help")) {
        options.put(name, "");
      } else if (!WITH_VALUE.contains(name) || (equals < 0 && i + 1 == words.length)) {
        throw bad(
            "\"%s\" is unknown or lacks its value; see fleetward agent enrol --help"
                .formatted(name));
      } else {
        options.put(name, equals < 0 ? words[++i] : words[i].substring(equals + 1));
      }
    }
    return options;
  }

  private static String token(Map<String, String> options)
      throws IOException, EnrolmentFailedException {
    String file = options.getOrDefault("--token-file", "");
    String token =
        file.isEmpty() ? options.getOrDefault("--token", "") : Files.readString(Path.of(file));
    if (token.isBlank()) {
      throw bad(
          "no token; an admin makes one with fleetward hosts token, for --token or --token-file");
    }
    return token.strip();
  }

  private static URI server(Map<String, String> options) throws EnrolmentFailedException {
    String text = options.getOrDefault("--server", "http://127.0.0.1:7480");
    try {
      URI server = URI.create(text);
      if (server.getHost() != null && Set.of("http", "https").contains(server.getScheme())) {
        return server;
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw bad("--server is \"%s\"; write an address like https://fleetward:7480".formatted(text));
  }

  private static SSLContext trust(Map<String, String> options) throws IOException {
    String file = options.getOrDefault("--ca-file", "");
    try {
      return file.isEmpty() ? SSLContext.getDefault() : CertificateTrust.contextOf(Path.of(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  private static EnrolmentFailedException bad(String message) {
    return new EnrolmentFailedException(EnrolmentFailedException.Reason.BAD_INPUT, message);
  }
}
