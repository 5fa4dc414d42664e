package io.fleetward.service.access;

import java.util.Set;
import java.util.regex.Pattern;

/// A token as the tokens file keeps it: without its secret.
///
/// @param name of the token, unique in the file
/// @param person whose token it is; what this person decides is recorded under this name
/// @param sha256 of the secret, 64 lower-case hexadecimal digits
public record TokenEntry(String name, String person, Set<Role> roles, String sha256) {
  /// What names and persons are made of: no spaces, nothing that YAML or a terminal interprets.
  public static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._@+-]{0,127}");

  static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public TokenEntry {
    roles = Set.copyOf(roles);
    if (!NAME.matcher(name).matches() || !NAME.matcher(person).matches()) {
      throw new IllegalArgumentException("not a name: \"%s\" of \"%s\"".formatted(name, person));
    }
    if (roles.isEmpty() || !SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException(
          "token \"%s\" needs a role and a SHA-256 digest".formatted(name));
    }
  }
}
