package io.fleetward.rules.file;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.rules.language.Horizon;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Reads rule files.
public final class RuleFiles {
  private RuleFiles() {}

  /// Reads files into one set of rules.
  ///
  /// @throws InvalidConfigurationException with every problem of every file
  public static RuleSet load(List<Path> files) {
    Problems problems = new Problems();
    RuleSet rules = read(files, problems);
    problems.throwIfAny();
    return rules;
  }

  /// Reads files into one set of rules; what is wrong goes to `problems`, and then the set is not
  /// for use.
  public static RuleSet read(List<Path> files, Problems problems) {
    List<RuleGroup> groups = new ArrayList<>();
    MessageDigest digest = sha256();
    for (Path file : files) {
      Optional<String> text = text(file, problems);
      text.ifPresent(content -> {
        groups.addAll(parse(file.toString(), content, problems));
        digest.update(content.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      });
    }
    return ruleSet(groups, HexFormat.of().formatHex(digest.digest()));
  }

  private static Optional<String> text(Path file, Problems problems) {
    try {
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException _) {
      problems.add(Problem.of(file.toString(), "no such file; create it or correct the path"));
    } catch (CharacterCodingException _) {
      problems.add(Problem.of(file.toString(), "is not UTF-8 text; save it as UTF-8"));
    } catch (IOException e) {
      problems.add(Problem.of(file.toString(), "cannot be read: " + e.getMessage()));
    }
    return Optional.empty();
  }

  /// Reads the groups of one file's text; what is wrong goes to `problems`.
  public static List<RuleGroup> parse(String file, String text, Problems problems) {
    return new RuleFileReader(file, problems).read(text);
  }

  /// Groups that were read from elsewhere, as a set.
  public static RuleSet ruleSet(List<RuleGroup> groups, String version) {
    Duration retention = Horizon.LOOK_BACK;
    for (RuleGroup group : groups) {
      for (Rule rule : group.rules()) {
        for (Horizon.Sight sight : Horizon.of(rule.expression())) {
          Duration seen = sight.age().plus(group.queryOffset());
          retention = seen.compareTo(retention) > 0 ? seen : retention;
        }
      }
    }
    return new RuleSet(groups, version, retention);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
