package bellframe.sts;

import bellframe.api.Call;
import bellframe.api.sts.AssumeRoleRequest;
import bellframe.api.sts.AssumeRoleResponse;
import bellframe.api.sts.AssumeRoleWithWebIdentityRequest;
import bellframe.api.sts.AssumeRoleWithWebIdentityResponse;
import bellframe.api.sts.AssumedRoleUser;
import bellframe.api.sts.Credentials;
import bellframe.api.sts.GetCallerIdentityRequest;
import bellframe.api.sts.GetCallerIdentityResponse;
import bellframe.api.sts.GetSessionTokenRequest;
import bellframe.api.sts.GetSessionTokenResponse;
import bellframe.api.sts.StsService;
import bellframe.api.sts.Tag;
import bellframe.credentials.Principal;
import bellframe.iam.AuthorizedOperations;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The operations of STS.
public final class StsOperations implements StsService {

    private final AuthorizedOperations authorized;
    private final AssumedRoles roles;
    private final IdentityTokens identityTokens;
    private final SessionKeys sessionKeys;

    public StsOperations(AuthorizedOperations authorized, AssumedRoles roles, IdentityTokens identityTokens,
            SessionKeys sessionKeys) {
        this.authorized = authorized;
        this.roles = roles;
        this.identityTokens = identityTokens;
        this.sessionKeys = sessionKeys;
    }

    /// Takes no permission: whoever has a key may know whose it is.
    @Override
    public GetCallerIdentityResponse getCallerIdentity(Call call, GetCallerIdentityRequest request) {
        Principal caller = authorized.caller(call);
        return new GetCallerIdentityResponse(caller.id(), caller.account(), caller.arn());
    }

    @Override
    public AssumeRoleResponse assumeRole(Call call, AssumeRoleRequest request) {
        refuseManagedPolicies(request.policyArns());
        refuseSecondFactor(request.serialNumber(), request.tokenCode());
        refuse(request.providedContexts(), "ProvidedContexts: are not supported");
        AssumedRole assumed = roles.assume(authorized.caller(call), AuthorizedOperations.origin(call), new Assumption(
                request.roleArn(), request.roleSessionName(), duration(request.durationSeconds()), request.policy(),
                tags(request.tags()), Objects.requireNonNullElse(request.transitiveTagKeys(), List.of()),
                request.externalId(), request.sourceIdentity()));
        return AssumeRoleResponse.builder()
                .credentials(credentials(assumed.credentials()))
                .assumedRoleUser(new AssumedRoleUser(assumed.id(), assumed.arn()))
                .packedPolicySize(assumed.packedSizePercent())
                .sourceIdentity(assumed.sourceIdentity())
                .build();
    }

    @Override
    public AssumeRoleWithWebIdentityResponse assumeRoleWithWebIdentity(Call call,
            AssumeRoleWithWebIdentityRequest request) {
        refuseManagedPolicies(request.policyArns());
        if (request.providerId() != null) {
            throw new Refused(Refusal.INVALID_INPUT, "ProviderId: only tokens of OpenID Connect are taken");
        }
        IdentityTokens.Verified verified = identityTokens.verify(request.webIdentityToken());
        WebIdentity identity = verified.identity();
        AssumedRole assumed = roles.assume(verified, AuthorizedOperations.origin(call), new Assumption(
                request.roleArn(), request.roleSessionName(), duration(request.durationSeconds()), request.policy(),
                identity.principalTags(), identity.transitiveTagKeys(), null, null));
        return AssumeRoleWithWebIdentityResponse.builder()
                .credentials(credentials(assumed.credentials()))
                .subjectFromWebIdentityToken(identity.subject())
                .assumedRoleUser(new AssumedRoleUser(assumed.id(), assumed.arn()))
                .packedPolicySize(assumed.packedSizePercent())
                .provider(verified.provider().arn())
                .audience(identity.audience())
                .sourceIdentity(assumed.sourceIdentity())
                .build();
    }

    @Override
    public GetSessionTokenResponse getSessionToken(Call call, GetSessionTokenRequest request) {
        refuseSecondFactor(request.serialNumber(), request.tokenCode());
        Principal caller = authorized.caller(call);
        return new GetSessionTokenResponse(credentials(sessionKeys.begin(caller,
                Objects.requireNonNull(call.accessKeyId()), duration(request.durationSeconds()))));
    }

    private static Credentials credentials(TemporaryCredentials credentials) {
        return new Credentials(credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken(),
                credentials.expiration());
    }

    private static @Nullable Duration duration(@Nullable Integer seconds) {
        return seconds == null ? null : Duration.ofSeconds(seconds);
    }

    private static Map<String, String> tags(@Nullable List<Tag> tags) {
        var byKey = new LinkedHashMap<String, String>();
        for (Tag tag : Objects.requireNonNullElse(tags, List.<Tag>of())) {
            if (byKey.put(tag.key(), tag.value()) != null) {
                throw new Refused(Refusal.INVALID_INPUT, "Tags: a key is there twice");
            }
        }
        return byKey;
    }

    private static void refuseManagedPolicies(@Nullable Collection<?> policyArns) {
        refuse(policyArns, "PolicyArns: managed policies are not supported, pass a Policy");
    }

    private static void refuse(@Nullable Collection<?> values, String message) {
        if (values != null && !values.isEmpty()) {
            throw new Refused(Refusal.INVALID_INPUT, message);
        }
    }

    private static void refuseSecondFactor(@Nullable String serialNumber, @Nullable String tokenCode) {
        if (serialNumber != null || tokenCode != null) {
            throw new Refused(Refusal.INVALID_INPUT, "SerialNumber and TokenCode: second factors are not supported");
        }
    }
}
