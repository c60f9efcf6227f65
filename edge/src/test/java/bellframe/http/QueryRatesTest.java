package bellframe.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bellframe.api.Call;
import bellframe.api.sts.AssumeRoleRequest;
import bellframe.api.sts.AssumeRoleResponse;
import bellframe.api.sts.AssumeRoleWithWebIdentityRequest;
import bellframe.api.sts.AssumeRoleWithWebIdentityResponse;
import bellframe.api.sts.GetCallerIdentityRequest;
import bellframe.api.sts.GetCallerIdentityResponse;
import bellframe.api.sts.GetSessionTokenRequest;
import bellframe.api.sts.GetSessionTokenResponse;
import bellframe.api.sts.StsOperations;
import bellframe.api.sts.StsService;
import bellframe.credentials.Origin;
import bellframe.credentials.Principal;
import bellframe.credentials.SignedRequest;
import bellframe.credentials.SignedService;
import bellframe.credentials.Signer;
import bellframe.limits.Rate;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Rates in the AWS Query protocol.
class QueryRatesTest {

    private static final Origin ORIGIN = new Origin("127.0.0.1", true, null);
    private static final SignedRequest REQUEST = new SignedRequest("POST", "/", "",
            Map.of("content-type", List.of("application/x-www-form-urlencoded")),
            "Action=GetCallerIdentity&Version=2011-06-15".getBytes(StandardCharsets.US_ASCII));

    private final List<Rate> drawn = new ArrayList<>();
    private boolean room = true;
    private int calls;
    private final AwsQuery query = new AwsQuery(
            List.of(new QueryEndpoint<>(StsOperations.SERVICE, SignedService.STS, Rate.STS, new CountedCalls())),
            new Gates(new FailedSignatures(0, new SimpleMeterRegistry()),
                    (_, _) -> new Signer("AKIDEXAMPLE", null, Principal.root(RunningHttp.PRINCIPAL)),
                    (_, _, _, _) -> {
                        // Asked by the operations themselves.
                    }, this::draw));

    private void draw(List<Rate> rates, List<String> resources) {
        drawn.addAll(rates);
        if (!room) {
            throw new Refused(Refusal.THROTTLED);
        }
    }

    @Test
    void anOperationDrawsOnTheRateOfItsService() {
        assertThat(query.find(REQUEST).run("id", ORIGIN, new Trail()).status()).isEqualTo(200);

        assertThat(drawn).containsExactly(Rate.STS);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void aThrottledOperationDoesNotRun() {
        room = false;

        assertThatExceptionOfType(Refused.class).isThrownBy(() -> query.find(REQUEST).run("id", ORIGIN, new Trail()));

        assertThat(calls).isZero();
    }

    @Test
    void throttlingHasTheNameOfThisProtocol() {
        Answer answer = query.refusal(REQUEST, "id", Refusal.THROTTLED, Refusal.THROTTLED.text());

        assertThat(answer.error()).isEqualTo("Throttling");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("<Code>Throttling</Code>");
    }

    private final class CountedCalls implements StsService {

        @Override
        public GetCallerIdentityResponse getCallerIdentity(Call call, GetCallerIdentityRequest request) {
            calls++;
            return new GetCallerIdentityResponse("id", "123456789012", call.principalArn());
        }

        @Override
        public AssumeRoleResponse assumeRole(Call call, AssumeRoleRequest request) {
            throw new AssertionError("not asked for");
        }

        @Override
        public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(Call call,
                AssumeRoleWithWebIdentityRequest request) {
            throw new AssertionError("not asked for");
        }

        @Override
        public GetSessionTokenResponse getSessionToken(Call call, GetSessionTokenRequest request) {
            throw new AssertionError("not asked for");
        }
    }
}
