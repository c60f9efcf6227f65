package bellframe.iam;

import bellframe.credentials.ResourceTags;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The tags of users, roles and identity providers, which are in their rows, beside those of all other resources.
public final class EntityTags implements ResourceTags {

    private final IamArns arns;
    private final Entities<IamUser> users;
    private final Entities<IamRole> roles;
    private final Entities<IdentityProvider> providers;
    private final ResourceTags others;

    /// @param others the tags of resources that are not IAM's
    public EntityTags(IamArns arns, Entities<IamUser> users, Entities<IamRole> roles,
            Entities<IdentityProvider> providers, ResourceTags others) {
        this.arns = arns;
        this.users = users;
        this.roles = roles;
        this.providers = providers;
        this.others = others;
    }

    @Override
    public SequencedMap<String, String> of(String arn) {
        if (arn.startsWith(arns.user("/", ""))) {
            return tags(found(users, IamArns.name(arn), arn).map(user -> user.attachments().tags()));
        }
        if (arn.startsWith(arns.role("/", ""))) {
            return tags(found(roles, IamArns.name(arn), arn).map(role -> role.attachments().tags()));
        }
        Optional<String> provider = arns.identityProviderName(arn);
        return provider.isPresent()
                ? tags(found(providers, provider.get(), arn).map(IdentityProvider::tags))
                : others.of(arn);
    }

    private static <T extends Entity> Optional<T> found(Entities<T> entities, String name, String arn) {
        return Optional.ofNullable(entities.find(name)).filter(entity -> entity.arn().equals(arn));
    }

    private static SequencedMap<String, String> tags(Optional<? extends Map<String, String>> found) {
        return found.<SequencedMap<String, String>>map(LinkedHashMap::new).orElse(Collections.emptyNavigableMap());
    }
}
