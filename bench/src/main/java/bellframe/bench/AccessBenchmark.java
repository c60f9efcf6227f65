package bellframe.bench;

import bellframe.credentials.AcceptedRegions;
import bellframe.credentials.Authenticator;
import bellframe.credentials.Permissions;
import bellframe.credentials.Principal;
import bellframe.credentials.SignedRequest;
import bellframe.credentials.SignedService;
import bellframe.credentials.Signer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs to know who sends a message, and whether that may be done.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class AccessBenchmark {

    private static final List<String> RESOURCES = List.of(Account.USER, Account.CHANNEL);
    private static final String ACTION = "chime:SendChannelMessage";

    private final Account account = new Account();
    private final Authenticator authenticator = new Authenticator(account.keys(),
            new AcceptedRegions.Only(Account.REGION), account.clock());
    private final Permissions permissions = account.permissions();
    private final SignedRequest byRoot = SendRequest.signedBy(account.root(), Content.ENGLISH);
    private final SignedRequest byChatUser = SendRequest.signedBy(account.chatUser(), Content.ENGLISH);
    private final Principal chatUser = authenticator.authenticate(byChatUser, SignedService.CHIME).principal();

    /// Verifying a signature by the root key.
    @Benchmark
    public Signer signatureOfLastingKey() {
        return authenticator.authenticate(byRoot, SignedService.CHIME);
    }

    /// Verifying a signature by a session of a role: its token was opened before.
    @Benchmark
    public Signer signatureOfTemporaryKey() {
        return authenticator.authenticate(byChatUser, SignedService.CHIME);
    }

    /// Asking the role's policy, with a condition on the channel's tags, for the bearer and for the channel.
    @Benchmark
    public boolean policyOfChatUser() {
        permissions.require(chatUser, Account.ORIGIN, ACTION, RESOURCES);
        return true;
    }
}
