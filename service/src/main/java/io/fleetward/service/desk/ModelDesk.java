package io.fleetward.service.desk;

import io.fleetward.service.desk.Desk.Person;
import java.util.List;
import java.util.Optional;

/// Where people look at models and their versions, ask for training and take a version back. Thread
/// safe; calls may wait for the database, so never call it on an event loop.
public interface ModelDesk {
  /// The models in force, with the versions of each class of hosts.
  List<ModelView> models();

  /// One version; empty if there is no such model or version.
  Optional<ModelVersionView> version(String model, String version);

  /// Asks for training as soon as it can be.
  ///
  /// @param hostClass empty for every class
  Asked train(String model, Optional<String> hostClass, Person person);

  /// Takes the champion of a class back for good; the former champion returns.
  ///
  /// @param version the champion that is meant; empty for whichever it is
  RolledBack rollBack(
      String model, String hostClass, Optional<String> version, String reason, Person person);

  /// What came of asking for training.
  sealed interface Asked {
    /// @param classes that will be trained
    record Noted(List<String> classes) implements Asked {
      public Noted {
        classes = List.copyOf(classes);
      }
    }

    /// @param what of it there is none: a model or a class
    record Unknown(String what) implements Asked {}

    record Impossible(String reason) implements Asked {}
  }

  /// What came of a roll-back.
  sealed interface RolledBack {
    /// @param now the versions of the class as they are now
    record Done(ModelClassView now) implements RolledBack {}

    /// @param what of it there is none: a model or a class
    record Unknown(String what) implements RolledBack {}

    record Impossible(String reason) implements RolledBack {}
  }
}
