package bellframe.channels;

import static bellframe.channels.Grant.ALWAYS;
import static bellframe.channels.Grant.IN_PUBLIC;
import static bellframe.channels.Grant.NEVER;
import static bellframe.channels.Grant.OWN;
import static bellframe.channels.Grant.SHOWN;
import static bellframe.channels.Grant.SHOWN_IN_UNRESTRICTED;

/// What may be done to a channel, and by whom: the role matrix of the API, one line an action.
///
/// The columns are the roles that somebody can have: app instance admin, channel moderator, member, and none of these. Who
/// has several may do what any of them may. A banned user who is no admin has no role at all.
public enum Action {
    // @formatter:off
    //                        admin   moderator  member                 none
    DESCRIBE_CHANNEL         (ALWAYS, ALWAYS,    ALWAYS,                IN_PUBLIC),
    UPDATE_CHANNEL           (ALWAYS, ALWAYS,    NEVER,                 NEVER),
    DELETE_CHANNEL           (ALWAYS, ALWAYS,    NEVER,                 NEVER),
    SET_EXPIRATION           (ALWAYS, ALWAYS,    NEVER,                 NEVER),
    ASSOCIATE_FLOW           (ALWAYS, ALWAYS,    NEVER,                 NEVER),
    LIST_SUB_CHANNELS        (ALWAYS, ALWAYS,    NEVER,                 NEVER),

    JOIN                     (ALWAYS, ALWAYS,    IN_PUBLIC,             IN_PUBLIC),
    ADD_MEMBER               (ALWAYS, ALWAYS,    SHOWN_IN_UNRESTRICTED, NEVER),
    ADD_HIDDEN_MEMBER        (ALWAYS, ALWAYS,    NEVER,                 NEVER),
    DESCRIBE_MEMBERSHIPS     (ALWAYS, ALWAYS,    ALWAYS,                IN_PUBLIC),
    DESCRIBE_HIDDEN_MEMBERS  (ALWAYS, ALWAYS,    OWN,                   NEVER),
    REMOVE_MEMBER            (ALWAYS, ALWAYS,    OWN,                   NEVER),
    SET_PREFERENCES          (NEVER,  NEVER,     OWN,                   NEVER),
    SET_READ_MARKER          (NEVER,  NEVER,     ALWAYS,                NEVER),

    SEND_MESSAGE             (NEVER,  NEVER,     SHOWN,                 NEVER),
    READ_MESSAGES            (ALWAYS, ALWAYS,    ALWAYS,                IN_PUBLIC),
    GET_MESSAGE_STATUS       (OWN,    OWN,       OWN,                   OWN),
    UPDATE_MESSAGE           (NEVER,  NEVER,     OWN,                   NEVER),
    REDACT_MESSAGE           (ALWAYS, ALWAYS,    OWN,                   NEVER),
    DELETE_MESSAGE           (ALWAYS, NEVER,     NEVER,                 NEVER),

    CHANGE_MODERATORS        (ALWAYS, ALWAYS,    NEVER,                 NEVER),
    DESCRIBE_MODERATORS      (ALWAYS, ALWAYS,    NEVER,                 NEVER),
    CHANGE_BANS              (ALWAYS, ALWAYS,    NEVER,                 NEVER),
    DESCRIBE_BANS            (ALWAYS, ALWAYS,    NEVER,                 NEVER);
    // @formatter:on

    final Grant admin;
    final Grant moderator;
    final Grant member;
    final Grant none;

    Action(Grant admin, Grant moderator, Grant member, Grant none) {
        this.admin = admin;
        this.moderator = moderator;
        this.member = member;
        this.none = none;
    }
}
