/// Who may do what, and what becomes of it: the whole server against the rules written down once more.
///
/// Start with [bellframe.server.rules.RoleMatrixIT], which has the roles, and [bellframe.server.rules.RandomWalkIT], which
/// has everything else.
@NullMarked
package bellframe.server.rules;

import org.jspecify.annotations.NullMarked;
