package io.fleetward.agent.action;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a host is willing to do, and nothing else. Immutable.
///
/// @param hash SHA-256, in hexadecimal, of the files' names and contents
public record AllowList(List<AllowedAction> actions, String hash) {
  public AllowList {
    actions = List.copyOf(actions);
  }

  /// Reads every `*.yaml` file of a folder; one that is missing or empty allows nothing.
  ///
  /// @throws InvalidConfigurationException with every problem of every file
  public static AllowList read(Path folder) {
    Problems problems = new Problems();
    MessageDigest digest = sha256();
    TreeMap<String, AllowedAction> actions = new TreeMap<>();
    for (Path file : files(folder, problems)) {
      update(digest, file, problems);
      AllowListFile.read(file, problems)
          .ifPresent(action -> {
            if (actions.put(action.name(), action) != null) {
              problems.add(
                  Problem.of(
                      file.toString(),
                      "action \"%s\" is in another file too; keep one".formatted(action.name())));
            }
          });
    }
    problems.throwIfAny();
    return new AllowList(List.copyOf(actions.values()), HexFormat.of().formatHex(digest.digest()));
  }

  private static List<Path> files(Path folder, Problems problems) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (NoSuchFileException _) {
      // the host is willing to do nothing
      return List.of();
    } catch (IOException e) {
      problems.add(Problem.of(folder.toString(), "cannot be listed: " + e));
      return List.of();
    }
  }

  private static void update(MessageDigest digest, Path file, Problems problems) {
    try {
      digest.update(String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(Files.readAllBytes(file));
      digest.update((byte) 0);
    } catch (IOException e) {
      problems.add(Problem.of(file.toString(), "cannot be read: " + e));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-256", e);
    }
  }

  public Optional<AllowedAction> find(String name) {
    return actions.stream().filter(action -> action.name().equals(name)).findFirst();
  }

  /// The names of all actions, sorted.
  public List<String> names() {
    List<String> names = new ArrayList<>();
    actions.forEach(action -> names.add(action.name()));
    return names;
  }
}
