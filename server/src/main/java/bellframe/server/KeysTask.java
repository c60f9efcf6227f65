package bellframe.server;

import bellframe.credentials.AccessKey;
import bellframe.iam.UserAccessKey;
import bellframe.iam.UserAccessKeys;
import bellframe.server.folder.FolderUnusable;
import java.util.LinkedHashMap;
import java.util.function.Supplier;

/// Does what an operator asks of the access keys, in a running server as without one.
///
/// @param rootKey the root key as it is now
/// @param rotateRootKey puts another root key in its place
/// @param rotateMasterKey replaces the master key, or prepares that, and says when it takes effect
record KeysTask(
        UserAccessKeys userKeys,
        Supplier<AccessKey> rootKey,
        Supplier<AccessKey> rotateRootKey,
        Supplier<String> rotateMasterKey) implements OperatorRequests.Task {

    @Override
    public OperatorRequests.Done run(String argument) {
        return run(KeyRequest.parse(argument));
    }

    /// A key that fell into wrong hands is not to wait for a backup to end.
    @Override
    public boolean exclusive() {
        return false;
    }

    /// One at a time: two rotations would write the same file.
    synchronized OperatorRequests.Done run(KeyRequest request) {
        String operand = request.operand();
        return switch (request.verb()) {
            case LIST ->
                new OperatorRequests.Done(KeyTable.of(rootKey.get(), userKeys.all()), "listed the access keys");
            case CREATE -> create(operand);
            case DISABLE -> setActive(operand, false);
            case ENABLE -> setActive(operand, true);
            case DELETE -> delete(operand);
            case ROTATE -> rotate();
            case ROTATE_MASTER -> OperatorRequests.Done.of(rotateMasterKey.get());
        };
    }

    private OperatorRequests.Done create(String userName) {
        UserAccessKey key = userKeys.create(userName);
        var variables = new LinkedHashMap<String, String>();
        variables.put("AWS_ACCESS_KEY_ID", key.id());
        variables.put("AWS_SECRET_ACCESS_KEY", key.secret());
        return new OperatorRequests.Done(EnvCommand.exports(variables), "created " + described(key));
    }

    private OperatorRequests.Done setActive(String id, boolean active) {
        UserAccessKey key = require(id);
        userKeys.setActive(key.userName(), id, active);
        return OperatorRequests.Done.of((active ? "enabled " : "disabled ") + described(key));
    }

    private OperatorRequests.Done delete(String id) {
        UserAccessKey key = require(id);
        userKeys.delete(key.userName(), id);
        return OperatorRequests.Done.of("deleted " + described(key));
    }

    private OperatorRequests.Done rotate() {
        String id = rotateRootKey.get().id();
        return new OperatorRequests.Done("the root key is " + id + " now; `./bellframe env` shows it",
                "the root key is " + id + " now");
    }

    private UserAccessKey require(String id) {
        UserAccessKey key = userKeys.stored(id);
        if (key != null) {
            return key;
        }
        throw new FolderUnusable(id.equals(rootKey.get().id())
                ? id + " is the root key, which is always there; `./bellframe keys rotate` replaces it"
                : "there is no access key " + id, null);
    }

    private static String described(UserAccessKey key) {
        return "the access key " + key.id() + " of the user " + key.userName();
    }
}
