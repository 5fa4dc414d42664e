package io.fleetward.service.access;

import io.fleetward.protocol.configuration.InvalidConfigurationException;
import io.fleetward.protocol.configuration.MappingReader;
import io.fleetward.protocol.configuration.Problems;
import io.fleetward.protocol.configuration.YamlFile;
import io.fleetward.protocol.configuration.YamlNode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The tokens file, `tokens.yaml`: who has a token, with which roles, and the digest of its secret.
public final class TokensFile {
  private static final String HEADER =
      "# Tokens of the HTTP API. Add one with: fleetward token --person NAME --role ROLE --file FILE\n";

  private TokensFile() {}

  /// Reads a tokens file.
  ///
  /// @throws InvalidConfigurationException with every problem, each with its place
  public static Tokens read(Path file) {
    Problems problems = new Problems();
    Tokens tokens = read(file, problems);
    problems.throwIfAny();
    return tokens;
  }

  /// The same; what is wrong goes to `problems`, and then the tokens are not for use.
  public static Tokens read(Path file, Problems problems) {
    Optional<YamlNode> root = YamlFile.read(file, problems);
    return root.map(node -> tokensOf(node, problems)).orElse(new Tokens(List.of()));
  }

  private static Tokens tokensOf(YamlNode root, Problems problems) {
    MappingReader reader = MappingReader.of(root, problems);
    if (reader.node("tokens").isEmpty()) {
      problems.at(root, "\"tokens\" is missing; write a list, or \"tokens: []\" to let nobody in");
    }
    List<TokenEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    Set<String> digests = new HashSet<>();
    for (YamlNode item : reader.items("tokens")) {
      entryOf(item, problems)
          .ifPresent(entry -> {
            if (!names.add(entry.name())) {
              problems.at(item, "name \"%s\" comes twice; rename one".formatted(entry.name()));
            }
            if (!digests.add(entry.sha256())) {
              problems.at(
                  item, "token \"%s\" has another's sha256; remove one".formatted(entry.name()));
            }
            entries.add(entry);
          });
    }
    reader.rejectUnknownKeys();
    return new Tokens(entries);
  }

  private static Optional<TokenEntry> entryOf(YamlNode item, Problems problems) {
    MappingReader reader = MappingReader.of(item, problems);
    String name = nameOf(reader, "name", problems);
    String person = nameOf(reader, "person", problems);
    Set<Role> roles = rolesOf(reader, item, problems);
    String sha256 = reader.requiredText("sha256").toLowerCase(Locale.ROOT);
    boolean digest = TokenEntry.SHA256.matcher(sha256).matches();
    if (!digest && !sha256.isEmpty()) {
      problems.at(
          item, "\"sha256\" must be 64 hexadecimal digits; make the token with: fleetward token");
    }
    reader.rejectUnknownKeys();
    return name.isEmpty() || person.isEmpty() || roles.isEmpty() || !digest
        ? Optional.empty()
        : Optional.of(new TokenEntry(name, person, roles, sha256));
  }

  private static String nameOf(MappingReader reader, String key, Problems problems) {
    String name = reader.requiredText(key);
    if (name.isEmpty() || TokenEntry.NAME.matcher(name).matches()) {
      return name;
    }
    problems.at(
        reader.mapping(),
        "\"%s\" is \"%s\"; write letters, digits and . _ @ + -, at most 128".formatted(key, name));
    return "";
  }

  private static Set<Role> rolesOf(MappingReader reader, YamlNode item, Problems problems) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    List<String> words = reader.textList("roles");
    if (words.isEmpty()) {
      problems.at(item, "\"roles\" is missing; write at least one of " + roleWords());
    }
    for (String word : words) {
      roleOf(word)
          .ifPresentOrElse(
              roles::add,
              () ->
                  problems.at(
                      item,
                      "role \"%s\" is unknown; write one of %s".formatted(word, roleWords())));
    }
    return roles;
  }

  private static Optional<Role> roleOf(String word) {
    return EnumSet.allOf(Role.class).stream().filter(role -> role.word().equals(word)).findFirst();
  }

  private static String roleWords() {
    return EnumSet.allOf(Role.class).stream().map(Role::word).collect(Collectors.joining(", "));
  }

  /// Adds a token to a file, which is made, readable by its owner only, if there is none. What the
  /// file already says stays as it is written, comments included. The change is atomic; two who add
  /// at the same instant can lose one of the two.
  ///
  /// @throws InvalidConfigurationException if there is a file with problems; it is left alone
  /// @throws TokensFileNotWritableException if the file cannot be written
  public static void add(Path file, TokenEntry entry) {
    try {
      if (!Files.exists(file)) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        replace(file, HEADER + "tokens:\n" + yaml(entry));
        return;
      }
      Tokens before = read(file);
      String text = Files.readString(file);
      String appended = (text.endsWith("\n") ? text : text + "\n") + yaml(entry);
      List<TokenEntry> wanted = new ArrayList<>(before.entries());
      wanted.add(entry);
      replace(file, reads(file, appended, wanted) ? appended : rewritten(wanted));
    } catch (IOException e) {
      throw new TokensFileNotWritableException(file, e);
    }
  }

  // The list may not be at the end of the file, or not be written as a block.
  private static boolean reads(Path file, String text, List<TokenEntry> wanted) {
    Problems problems = new Problems();
    Optional<Tokens> tokens =
        YamlFile.parse(file.toString(), text, problems).map(node -> tokensOf(node, problems));
    return problems.isEmpty() && tokens.equals(Optional.of(new Tokens(wanted)));
  }

  private static String rewritten(List<TokenEntry> entries) {
    return entries.stream()
        .map(TokensFile::yaml)
        .collect(Collectors.joining("", HEADER + "tokens:\n", ""));
  }

  private static String yaml(TokenEntry entry) {
    return """
      - name: "%s"
        person: "%s"
        roles: [%s]
        sha256: "%s"
    """
        .formatted(
            entry.name(),
            entry.person(),
            entry.roles().stream()
                .sorted(Comparator.naturalOrder())
                .map(Role::word)
                .collect(Collectors.joining(", ")),
            entry.sha256());
  }

  private static void replace(Path file, String text) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path written = Files.createTempFile(folder, ".tokens", ".new", ownerOnly());
    try {
      Files.writeString(written, text);
      if (Files.exists(file) && isPosix()) {
        Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(file));
      }
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
