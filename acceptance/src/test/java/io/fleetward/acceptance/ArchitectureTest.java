package io.fleetward.acceptance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The arrows of the system. Changing this file changes the design: write a decision first.
@AnalyzeClasses(packages = "io.fleetward", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule MODULES_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.fleetward..")
          .layer("protocol")
          .definedBy("io.fleetward.protocol..")
          .layer("agent")
          .definedBy("io.fleetward.agent..")
          .layer("rules")
          .definedBy("io.fleetward.rules..")
          .layer("models")
          .definedBy("io.fleetward.models..")
          .layer("remediation")
          .definedBy("io.fleetward.remediation..")
          .layer("service")
          .definedBy("io.fleetward.service..")
          .layer("cli")
          .definedBy("io.fleetward.cli..")
          .layer("bench")
          .definedBy("io.fleetward.bench..")
          .whereLayer("protocol")
          .mayNotAccessAnyLayer()
          .whereLayer("agent")
          .mayOnlyAccessLayers("protocol")
          .whereLayer("rules")
          .mayOnlyAccessLayers("protocol")
          .whereLayer("models")
          .mayOnlyAccessLayers("protocol")
          .whereLayer("remediation")
          .mayOnlyAccessLayers("protocol")
          .whereLayer("service")
          .mayOnlyAccessLayers("protocol", "rules", "models", "remediation")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("bench")
          .mayNotBeAccessedByAnyLayer();

  @ArchTest
  static final ArchRule ONLY_MODELS_KNOWS_TRIBUO =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fleetward.models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.tribuo..", "com.oracle.labs..")
          .because("a model can then be replaced without touching the stream");

  @ArchTest
  static final ArchRule ONLY_SCORING_KNOWS_KAFKA_STREAMS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fleetward.service.scoring..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.streams..")
          .because("the stream's threads and state are scoring's alone");

  @ArchTest
  static final ArchRule ONLY_THE_SERVICE_KNOWS_VERTX =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fleetward.service.api..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.vertx..")
          .because("what people see is one package's business");

  @ArchTest
  static final ArchRule ONLY_STORES_KNOW_SQL =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fleetward.service.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.sql..", "javax.sql..", "org.jdbi..", "org.flywaydb..", "org.h2..")
          .because("the database can then be changed in one place");

  @ArchTest
  static final ArchRule ONLY_THE_BROKER_PACKAGE_KNOWS_THE_BROKER =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.fleetward.cli.broker..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
          .because("the broker is no part of what runs on a fleet");

  @ArchTest
  static final ArchRule DECISIONS_DO_NO_INPUT_OR_OUTPUT =
      noClasses()
          .that()
          .resideInAPackage("io.fleetward.remediation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.sql..", "org.apache.kafka..", "org.slf4j..")
          .because("a decision has to be repeatable: time and facts are passed in");

  @ArchTest
  static final ArchRule PROTOCOL_IS_KAFKA_FREE =
      noClasses()
          .that()
          .resideInAPackage("io.fleetward.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.fleetward.(*).(*)..").should().beFreeOfCycles();
}
