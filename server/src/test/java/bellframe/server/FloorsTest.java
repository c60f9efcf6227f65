package bellframe.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who may import what. ARCHITECTURE.md explains the floors; the lists here are the same ones.
@AnalyzeClasses(packages = "bellframe", importOptions = FloorsTest.MainCodeOnly.class)
class FloorsTest {

    /// Neither tests nor the generator, which is here for the models in its jar.
    static final class MainCodeOnly implements ImportOption {

        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar")
                    && !location.contains("/bellframe/codegen/");
        }
    }

    private static final String[] API = {"bellframe.api.."};
    private static final String[] STORAGE = {"bellframe.storage.."};
    private static final String[] EDGE = {"bellframe.http..", "bellframe.websocket.."};
    private static final String[] OUTBOUND = {"bellframe.outbound.."};
    private static final String[] SERVER = {"bellframe.server.."};

    /// The domain's packages from low to high; those on one step do not import each other.
    private static final List<List<String>> DOMAIN_STEPS = List.of(
            List.of("names", "refusals"),
            List.of("rows", "limits", "events", "alerts"),
            List.of("idempotency", "tags", "purges", "expiration", "changes", "policy", "outbox"),
            List.of("credentials", "identity"),
            List.of("channels", "iam"),
            List.of("flows", "sts"),
            List.of("messages", "exchange"),
            List.of("sessions", "push", "streaming", "bots", "retention"));

    private static final String[] DOMAIN = DOMAIN_STEPS.stream()
            .flatMap(List::stream)
            .map(FloorsTest::domainPackage)
            .toArray(String[]::new);

    private static final Set<String> CLOCKS_CHANCE_AND_SLEEP = Set.of(
            "java.time.Clock.system",
            "java.time.Clock.systemDefaultZone",
            "java.time.Clock.systemUTC",
            "java.time.InstantSource.system",
            "java.lang.System.currentTimeMillis",
            "java.lang.Thread.sleep",
            "java.util.concurrent.TimeUnit.sleep",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.lang.Math.random");

    @ArchTest
    static final ArchRule apiImportsNothingOfOurs = importsOnly(API);

    @ArchTest
    static final ArchRule storageImportsNothingOfOurs = importsOnly(STORAGE);

    @ArchTest
    static final ArchRule domainImportsApiAndTheStorageInterface = importsOnly(DOMAIN, API,
            new String[]{"bellframe.storage"});

    @ArchTest
    static final ArchRule edgeImportsApiAndDomain = importsOnly(EDGE, API, DOMAIN);

    @ArchTest
    static final ArchRule outboundImportsDomain = importsOnly(OUTBOUND, DOMAIN);

    @ArchTest
    static final ArchRule everyPackageIsOnAFloor = noClasses().should()
            .resideOutsideOfPackages(all(API, STORAGE, DOMAIN, EDGE, OUTBOUND, SERVER));

    @ArchTest
    static final ArchRule domainPackagesImportOnlyLowerSteps = domainPackagesImportOnlyLowerSteps();

    @ArchTest
    static final ArchRule noCircles = slices().matching("bellframe.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule generatedTypesStopAtTheDoor = noClasses().that()
            .resideInAnyPackage(DOMAIN)
            .and(isNotNamed("Operations", "Shapes"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(API)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule rocksDbStaysInItsPackage = stays("bellframe.storage.rocksdb..", "org.rocksdb..");

    @ArchTest
    static final ArchRule nettyStaysInTheEdge = noClasses().that()
            .resideOutsideOfPackages(EDGE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nimbusStaysWhereTokensAreVerified = stays("bellframe.outbound.oidc..", "com.nimbusds..");

    @ArchTest
    static final ArchRule theHttpClientStaysWhereCallsAreMade = stays("bellframe.outbound.calls..", "org.apache.hc..");

    @ArchTest
    static final ArchRule pushyStaysWhereApnsIsCalled = stays("bellframe.outbound.apns..", "com.eatthepath..");

    @ArchTest
    static final ArchRule googlesLibraryStaysWhereFcmIsCalled = stays("bellframe.outbound.fcm..", "com.google.auth..",
            "com.google.api..");

    @ArchTest
    static final ArchRule kafkaStaysWhereItsStreamsAre = stays("bellframe.outbound.kafka..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule natsStaysWhereItsStreamsAre = stays("bellframe.outbound.nats..", "io.nats..");

    @ArchTest
    static final ArchRule theAwsSdkStaysOutbound = stays("bellframe.outbound..", "software.amazon.awssdk..");

    @ArchTest
    static final ArchRule bouncyCastleStaysWhereCertificatesAreMadeAndRead = noClasses().that()
            .doNotHaveFullyQualifiedName("bellframe.server.folder.CertificateMaker")
            .and()
            .doNotHaveFullyQualifiedName("bellframe.server.tls.PemFile")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.bouncycastle..");

    @ArchTest
    static final ArchRule timeAndChanceAreParameters = noClasses().that()
            .resideOutsideOfPackages(SERVER)
            .should()
            .callMethodWhere(readsTheClockOrSleeps())
            .orShould()
            .callConstructor(Random.class)
            .because("time and randomness are constructor parameters below the server");

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        var missing = new ArrayList<Path>();
        for (Path root : sourceRoots()) {
            try (Stream<Path> folders = Files.walk(root)) {
                folders.filter(Files::isDirectory)
                        .filter(FloorsTest::holdsClasses)
                        .filter(folder -> !Files.exists(folder.resolve("package-info.java")))
                        .forEach(missing::add);
            }
        }
        assertThat(missing).as("packages without package-info").isEmpty();
    }

    private static ArchRule importsOnly(String[] importer, String[]... imported) {
        return noClasses().that()
                .resideInAnyPackage(importer)
                .should()
                .dependOnClassesThat(oursOutside(Stream.concat(Stream.of(importer), Stream.of(all(imported))).toList()))
                .allowEmptyShould(true);
    }

    private static ArchRule domainPackagesImportOnlyLowerSteps() {
        var rules = new ArrayList<ArchRule>();
        var lower = new ArrayList<String>(List.of(API));
        lower.add("bellframe.storage");
        for (List<String> step : DOMAIN_STEPS) {
            for (String name : step) {
                rules.add(importsOnly(new String[]{domainPackage(name)}, lower.toArray(String[]::new)));
            }
            step.forEach(name -> lower.add(domainPackage(name)));
        }
        return CompositeArchRule.of(rules);
    }

    private static ArchRule stays(String ownPackage, String... libraries) {
        return noClasses().that()
                .resideOutsideOfPackage(ownPackage)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<JavaClass> oursOutside(List<String> packages) {
        return JavaClass.Predicates.resideInAPackage("bellframe..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(packages.toArray(String[]::new)));
    }

    /// Neither a class of such a name nor nested in one.
    private static DescribedPredicate<JavaClass> isNotNamed(String... suffixes) {
        Predicate<String> named = name -> Stream.of(suffixes).anyMatch(name::endsWith);
        return DescribedPredicate.describe("are not named *" + String.join(" or *", suffixes), type -> {
            String outermost = type.getName().replaceFirst("\\$.*", "");
            return !named.test(outermost);
        });
    }

    private static DescribedPredicate<JavaMethodCall> readsTheClockOrSleeps() {
        return DescribedPredicate.describe("read the clock, draw chance from nowhere or sleep", call -> {
            boolean now = call.getTargetOwner().getPackageName().equals("java.time") && call.getName().equals("now");
            return now || CLOCKS_CHANCE_AND_SLEEP.contains(call.getTargetOwner().getName() + "." + call.getName());
        });
    }

    private static String domainPackage(String name) {
        return "bellframe." + name + "..";
    }

    private static String[] all(String[]... groups) {
        return Stream.of(groups).flatMap(Stream::of).toArray(String[]::new);
    }

    private static List<Path> sourceRoots() throws IOException {
        try (Stream<Path> modules = Files.list(ProjectRoot.path())) {
            return modules.map(module -> module.resolve("src/main/java")).filter(Files::isDirectory).toList();
        }
    }

    private static boolean holdsClasses(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(".java"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
