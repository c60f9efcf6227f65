package bellframe.iam;

import bellframe.api.Call;
import bellframe.api.iam.AccessKey;
import bellframe.api.iam.AccessKeyMetadata;
import bellframe.api.iam.CreateAccessKeyRequest;
import bellframe.api.iam.CreateAccessKeyResponse;
import bellframe.api.iam.DeleteAccessKeyRequest;
import bellframe.api.iam.ListAccessKeysRequest;
import bellframe.api.iam.ListAccessKeysResponse;
import bellframe.api.iam.UpdateAccessKeyRequest;
import bellframe.refusals.Refusal;
import bellframe.refusals.Refused;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The operations on access keys of IAM users. Where they name no user, the caller is meant.
public final class AccessKeyOperations {

    private final AuthorizedOperations authorized;
    private final IamArns arns;
    private final Entities<IamUser> users;
    private final UserAccessKeys keys;

    public AccessKeyOperations(AuthorizedOperations authorized, IamArns arns, Entities<IamUser> users,
            UserAccessKeys keys) {
        this.authorized = authorized;
        this.arns = arns;
        this.users = users;
        this.keys = keys;
    }

    public CreateAccessKeyResponse create(Call call, CreateAccessKeyRequest request) {
        String user = permitted(call, "iam:CreateAccessKey", request.userName());
        UserAccessKey key = keys.create(user);
        return new CreateAccessKeyResponse(AccessKey.builder()
                .userName(key.userName())
                .accessKeyId(key.id())
                .status(IamShapes.status(key.active()))
                .secretAccessKey(key.secret())
                .createDate(key.created())
                .build());
    }

    public ListAccessKeysResponse list(Call call, ListAccessKeysRequest request) {
        String user = permitted(call, "iam:ListAccessKeys", request.userName());
        List<AccessKeyMetadata> found = keys.of(user)
                .stream()
                .map(key -> new AccessKeyMetadata(key.userName(), key.id(), IamShapes.status(key.active()),
                        key.created()))
                .toList();
        return new ListAccessKeysResponse(found, false, null);
    }

    public void update(Call call, UpdateAccessKeyRequest request) {
        String user = permitted(call, "iam:UpdateAccessKey", request.userName());
        keys.setActive(user, request.accessKeyId(), switch (request.status()) {
            case ACTIVE -> true;
            case INACTIVE -> false;
        });
    }

    public void delete(Call call, DeleteAccessKeyRequest request) {
        String user = permitted(call, "iam:DeleteAccessKey", request.userName());
        keys.delete(user, request.accessKeyId());
    }

    /// The name of the user whose keys are meant, if the caller may do this to them.
    private String permitted(Call call, String action, @Nullable String userName) {
        String name = userName == null ? authorized.caller(call).userName() : userName;
        if (name == null) {
            throw new Refused(Refusal.INVALID_INPUT, "Must specify userName when calling with non-User credentials");
        }
        IamUser user = users.find(name);
        authorized.require(call, action, user == null ? arns.user("/", name) : user.arn());
        return name;
    }
}
