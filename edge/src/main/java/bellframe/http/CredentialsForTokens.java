package bellframe.http;

import bellframe.credentials.Origin;
import bellframe.credentials.SignedRequest;
import bellframe.exchange.ChatCredentials;
import bellframe.exchange.CredentialExchange;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.sts.TemporaryCredentials;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/// `POST /creds` with the token of an identity provider, answered with what chat clients in browsers expect: a user, and
/// credentials to act as that user.
final class CredentialsForTokens implements Protocol {

    private static final String PATH = "/creds";
    private static final String OPERATION = "ExchangeCredentials";
    private static final String BEARER = "Bearer ";
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;

    private final CredentialExchange exchange;

    CredentialsForTokens(CredentialExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public boolean claims(SignedRequest request) {
        return request.rawPath().equals(PATH);
    }

    @Override
    public Invocation find(SignedRequest request) {
        if (!request.method().equals("POST")) {
            throw new Refused(Refusal.UNKNOWN_OPERATION);
        }
        return new ExchangeInvocation(request);
    }

    /// A client that is told 401 gets itself another token.
    @Override
    public Answer refusal(SignedRequest request, String requestId, Refusal refusal, String message) {
        Answer answer = Answer.refusal(requestId, refusal, message);
        return switch (refusal) {
            case INVALID_IDENTITY_TOKEN, EXPIRED_IDENTITY_TOKEN, IDP_REJECTED_CLAIM, MISSING_AUTHENTICATION ->
                answer.withStatus(UNAUTHORIZED);
            default -> answer;
        };
    }

    private final class ExchangeInvocation implements Invocation {

        private final SignedRequest request;

        ExchangeInvocation(SignedRequest request) {
            this.request = request;
        }

        @Override
        public String operation() {
            return OPERATION;
        }

        @Override
        public Answer run(String requestId, Origin origin, Trail trail) {
            ChatCredentials given = exchange.exchange(token(), origin);
            trail.concerns(List.of(given.user().toString(), given.credentials().accessKeyId()));
            return Answer.success(requestId, OK, Answer.json(json -> write(json, given)));
        }

        private String token() {
            List<String> values = request.headers().getOrDefault("authorization", List.of());
            if (values.size() != 1 || !values.getFirst().regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                throw new Refused(Refusal.MISSING_AUTHENTICATION, "The Authorization header must be: Bearer <token>");
            }
            return values.getFirst().substring(BEARER.length()).strip();
        }
    }

    private static void write(JsonGenerator json, ChatCredentials given) throws IOException {
        TemporaryCredentials credentials = given.credentials();
        json.writeStartObject();
        json.writeStringField("ChimeAppInstanceUserArn", given.user().toString());
        json.writeStringField("ChimeUserId", given.user().id());
        json.writeStringField("ChimeDisplayName", given.displayName());
        json.writeObjectFieldStart("ChimeCredentials");
        json.writeStringField("AccessKeyId", credentials.accessKeyId());
        json.writeStringField("SecretAccessKey", credentials.secretAccessKey());
        json.writeStringField("SessionToken", credentials.sessionToken());
        json.writeStringField("Expiration", credentials.expiration().toString());
        json.writeEndObject();
        json.writeEndObject();
    }
}
