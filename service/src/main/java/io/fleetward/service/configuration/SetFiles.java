package io.fleetward.service.configuration;

import io.fleetward.models.specification.ModelSpecification;
import io.fleetward.protocol.configuration.Problem;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.labels.LabelMatcher;
import io.fleetward.remediation.policy.ActionCatalogue;
import io.fleetward.remediation.policy.ActionFiles;
import io.fleetward.remediation.policy.PolicyFiles;
import io.fleetward.remediation.policy.PolicySet;
import io.fleetward.rules.file.RuleFiles;
import io.fleetward.rules.file.RuleSet;
import io.fleetward.rules.placement.Placements;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// Reads the files of a set and checks them together. Safe for use by many threads.
///
/// @param selectors reads a PromQL selector; throws [IllegalArgumentException] with what is wrong
public record SetFiles(SetFolders folders, Function<String, List<LabelMatcher>> selectors) {
  /// Reads everything; what is wrong goes to `problems`, and then the set is not for use.
  public ActiveSet read(Problems problems) {
    String version = version();
    Problems ofRules = new Problems();
    RuleSet rules = RuleFiles.read(ruleFiles(ofRules), ofRules);
    if (ofRules.isEmpty()) {
      Placements.problems(rules).forEach(ofRules::add);
    }
    ofRules.list().forEach(problems::add);
    List<ModelSpecification> models =
        ModelCheck.read(List.of(folders.models()), rules, ofRules.isEmpty(), problems);
    ActionCatalogue catalogue = ActionFiles.read(folders.actions(), problems);
    PolicySet policies = new PolicyFiles(catalogue, selectors, problems).read(folders.policies());
    if (!version.equals(version())) {
      problems.add(
          Problem.of(
              folders.rules().toString(),
              "files changed there, or in the folders of models, policies or actions, while they were read; reload when they are complete"));
    }
    return new ActiveSet(rules, models, policies, version);
  }

  /// The rule files; those in folders below, such as rule tests, are not among them.
  private List<Path> ruleFiles(Problems problems) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folders.rules(), "*.{yaml,yml}")) {
      found.forEach(files::add);
    } catch (IOException e) {
      problems.add(
          Problem.of(
              folders.rules().toString(),
              "cannot be read (%s); set scoring.rules to a folder of rule files".formatted(e)));
    }
    files.sort(null);
    return files;
  }

  private String version() {
    MessageDigest digest = sha256();
    for (Path file : all(folders)) {
      digest.update(String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(content(file));
      digest.update((byte) 0);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /// All files of a set, in order; none of a folder that cannot be read, which reading the set
  /// tells.
  static List<Path> all(SetFolders folders) {
    List<Path> files = new ArrayList<>(filesIn(folders.rules(), 1));
    files.addAll(filesIn(folders.models(), Integer.MAX_VALUE));
    files.addAll(filesIn(folders.policies(), 1));
    files.addAll(filesIn(folders.actions(), 1));
    return files;
  }

  private static List<Path> filesIn(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(SetFiles::isYaml).sorted().toList();
    } catch (IOException _) {
      // told by whoever reads the files
      return List.of();
    }
  }

  private static boolean isYaml(Path file) {
    String name = file.toString();
    return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(file);
  }

  private static byte[] content(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException _) {
      // told by whoever reads the file for its content
      return new byte[0];
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
