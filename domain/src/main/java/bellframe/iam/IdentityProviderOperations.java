package bellframe.iam;

import bellframe.api.Call;
import bellframe.api.iam.UpdateOpenIDConnectProviderThumbprintRequest;
import bellframe.api.iam.UntagOpenIDConnectProviderRequest;
import bellframe.api.iam.TagOpenIDConnectProviderRequest;
import bellframe.api.iam.RemoveClientIDFromOpenIDConnectProviderRequest;
import bellframe.api.iam.ListOpenIDConnectProviderTagsResponse;
import bellframe.api.iam.ListOpenIDConnectProviderTagsRequest;
import bellframe.api.iam.AddClientIDToOpenIDConnectProviderRequest;
import bellframe.api.iam.CreateOpenIDConnectProviderRequest;
import bellframe.api.iam.CreateOpenIDConnectProviderResponse;
import bellframe.api.iam.DeleteOpenIDConnectProviderRequest;
import bellframe.api.iam.GetOpenIDConnectProviderRequest;
import bellframe.api.iam.GetOpenIDConnectProviderResponse;
import bellframe.api.iam.ListOpenIDConnectProvidersRequest;
import bellframe.api.iam.ListOpenIDConnectProvidersResponse;
import bellframe.api.iam.OpenIDConnectProviderListEntry;
import bellframe.limits.Limit;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import bellframe.rows.Pages;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The operations on OIDC identity providers.
public final class IdentityProviderOperations {

    /// A host, perhaps a port and a path; nothing of a user, a query or a fragment.
    private static final Pattern NAME = Pattern
            .compile("[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:/[A-Za-z0-9._~%+-]+)*/?");

    private final AuthorizedOperations authorized;
    private final IamArns arns;
    private final Entities<IdentityProvider> providers;
    private final InstantSource clock;

    public IdentityProviderOperations(AuthorizedOperations authorized, IamArns arns,
            Entities<IdentityProvider> providers, InstantSource clock) {
        this.authorized = authorized;
        this.arns = arns;
        this.providers = providers;
        this.clock = clock;
    }

    public CreateOpenIDConnectProviderResponse create(Call call, CreateOpenIDConnectProviderRequest request) {
        String name = name(request.url());
        String arn = arns.identityProvider(name);
        authorized.require(call, "iam:CreateOpenIDConnectProvider", arn);
        List<String> clientIds = Objects.requireNonNullElse(request.clientIDList(), List.of());
        requireRoom(clientIds);
        Map<String, String> tags = IamShapes.tags(request.tags());
        providers.add(new IdentityProvider(arn, name, clientIds,
                Objects.requireNonNullElse(request.thumbprintList(), List.of()),
                Instant.ofEpochMilli(clock.millis()), tags));
        return new CreateOpenIDConnectProviderResponse(arn, IamShapes.tags(tags));
    }

    private static String name(String url) {
        String name = url.startsWith(IdentityProvider.SCHEME) ? url.substring(IdentityProvider.SCHEME.length()) : "";
        if (!NAME.matcher(name).matches()) {
            throw new Refused(Refusal.UNUSABLE_INPUT, "Url: must be https:// and a host, perhaps a port and a path");
        }
        return name;
    }

    public GetOpenIDConnectProviderResponse get(Call call, GetOpenIDConnectProviderRequest request) {
        IdentityProvider provider = require(call, "iam:GetOpenIDConnectProvider",
                request.openIDConnectProviderArn());
        return GetOpenIDConnectProviderResponse.builder()
                .url(provider.name())
                .clientIDList(provider.clientIds())
                .thumbprintList(provider.thumbprints())
                .createDate(provider.created())
                .tags(IamShapes.tags(provider.tags()))
                .build();
    }

    public ListOpenIDConnectProvidersResponse list(Call call, ListOpenIDConnectProvidersRequest request) {
        authorized.require(call, "iam:ListOpenIDConnectProviders", arns.identityProvider("*"));
        var entries = new ArrayList<OpenIDConnectProviderListEntry>();
        Pages.forEach(cursor -> providers.list(cursor, Pages.SWEEP_ROWS),
                provider -> entries.add(new OpenIDConnectProviderListEntry(provider.arn())));
        return new ListOpenIDConnectProvidersResponse(entries);
    }

    /// Adding one that is there already changes nothing.
    public void addClientId(Call call, AddClientIDToOpenIDConnectProviderRequest request) {
        change(call, "iam:AddClientIDToOpenIDConnectProvider", request.openIDConnectProviderArn(), provider -> {
            var clientIds = new LinkedHashSet<>(provider.clientIds());
            clientIds.add(request.clientID());
            requireRoom(clientIds);
            return provider.withClientIds(List.copyOf(clientIds));
        });
    }

    /// Removing one that is not there changes nothing.
    public void removeClientId(Call call, RemoveClientIDFromOpenIDConnectProviderRequest request) {
        change(call, "iam:RemoveClientIDFromOpenIDConnectProvider", request.openIDConnectProviderArn(),
                provider -> provider.withClientIds(provider.clientIds()
                        .stream()
                        .filter(clientId -> !clientId.equals(request.clientID()))
                        .toList()));
    }

    public void updateThumbprint(Call call, UpdateOpenIDConnectProviderThumbprintRequest request) {
        change(call, "iam:UpdateOpenIDConnectProviderThumbprint", request.openIDConnectProviderArn(),
                provider -> provider.withThumbprints(request.thumbprintList()));
    }

    public void tag(Call call, TagOpenIDConnectProviderRequest request) {
        change(call, "iam:TagOpenIDConnectProvider", request.openIDConnectProviderArn(), provider -> {
            Attachments changed = new Attachments(provider.tags(), Map.of()).withTags(IamShapes.tags(request.tags()));
            IamShapes.requireRoom(changed);
            return provider.withTags(changed.tags());
        });
    }

    public void untag(Call call, UntagOpenIDConnectProviderRequest request) {
        change(call, "iam:UntagOpenIDConnectProvider", request.openIDConnectProviderArn(),
                provider -> provider.withTags(
                        new Attachments(provider.tags(), Map.of()).withoutTags(request.tagKeys()).tags()));
    }

    public ListOpenIDConnectProviderTagsResponse listTags(Call call, ListOpenIDConnectProviderTagsRequest request) {
        IdentityProvider provider = require(call, "iam:ListOpenIDConnectProviderTags",
                request.openIDConnectProviderArn());
        return new ListOpenIDConnectProviderTagsResponse(IamShapes.tags(provider.tags()), false, null);
    }

    /// Deleting one that is not there is as good as having deleted it.
    public void delete(Call call, DeleteOpenIDConnectProviderRequest request) {
        String arn = request.openIDConnectProviderArn();
        authorized.require(call, "iam:DeleteOpenIDConnectProvider", arn);
        find(arn).ifPresent(provider -> providers.remove(provider.name(), _ -> {
            // Nothing depends on it but the tokens it issues.
        }));
    }

    private void change(Call call, String action, String arn, UnaryOperator<IdentityProvider> change) {
        providers.change(require(call, action, arn).name(), change);
    }

    private static void requireRoom(Collection<String> clientIds) {
        Limit.IDENTITY_PROVIDER_CLIENT_IDS.requireAtMost(clientIds.size(), "ClientIdsPerOpenIdConnectProvider");
    }

    private IdentityProvider require(Call call, String action, String arn) {
        authorized.require(call, action, arn);
        return find(arn).orElseThrow(() -> new Refused(Refusal.NO_SUCH_ENTITY,
                "OpenIDConnect Provider not found for arn " + arn));
    }

    /// The provider that has exactly this ARN, which is the one that policies were asked for: providers are found in any
    /// case, and what a policy says of one spelling it does not say of another.
    private Optional<IdentityProvider> find(String arn) {
        return arns.identityProviderName(arn).map(providers::find).filter(provider -> provider.arn().equals(arn));
    }
}
