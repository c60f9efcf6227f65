package bellframe.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import bellframe.outbound.apns.ApnsApp;
import bellframe.outbound.apns.ApnsService;
import bellframe.outbound.aws.AwsAccess;
import bellframe.outbound.aws.AwsEndpoint;
import bellframe.outbound.calls.CallRules;
import bellframe.outbound.calls.Calls;
import bellframe.outbound.calls.FirstUse;
import bellframe.outbound.fcm.FcmApp;
import bellframe.outbound.fcm.FcmService;
import bellframe.outbound.lex.BotRuntimesByArn;
import bellframe.outbound.lex.LexBots;
import bellframe.outbound.push.PushApp;
import bellframe.outbound.push.PushServicesByArn;
import bellframe.outbound.push.TestNotifications;
import bellframe.push.UserEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstUseTest {

    @TempDir
    private Path folder;

    @Test
    void nothingOfLibrariesIsLoadedBeforeSomebodyIsCalled() throws Exception {
        assertThat(LoadedClasses.by(Construction.class, folder))
                .anyMatch(line -> line.contains(ApnsService.class.getName() + " "))
                .anyMatch(line -> line.contains(FcmService.class.getName() + " "))
                .anyMatch(line -> line.contains(LexBots.class.getName() + " "))
                .filteredOn(line -> line
                        .matches(
                                ".*] (software\\.amazon|org\\.apache\\.hc|com\\.eatthepath|com\\.google|io\\.netty)\\..*"))
                .isEmpty();
    }

    /// What a start of the server does, in a process of its own.
    static final class Construction {

        public static void main(String[] args) throws IOException {
            try (var calls = new Calls(new CallRules(Set.of(), false, null, TestOutbound.LIMITS))) {
                var apple = new ApnsService(new ApnsApp(new ApnsApp.SigningKey(Path.of("key.p8"), "key", "team"),
                        "org.example.chat", null, null));
                var android = new FcmService(new FcmApp(Path.of("account.json"), "project",
                        URI.create("https://localhost/token"), FcmApp.GOOGLE), calls, InstantSource.system());
                var access = new FirstUse<AwsAccess, RuntimeException>(
                        () -> new AwsAccess(calls, InstantSource.system()));
                var bots = new BotRuntimesByArn(Set.of(), null, new LexBots(access, new AwsEndpoint.Regional()));
                try (var services = new PushServicesByArn(
                        Map.of(TestNotifications.APP, new PushApp(apple, android)))) {
                    if (!services.serves(TestNotifications.APP, UserEndpoint.Type.GCM) || bots.lex() == null) {
                        throw new IllegalStateException("nothing is configured");
                    }
                }
            }
        }
    }
}
