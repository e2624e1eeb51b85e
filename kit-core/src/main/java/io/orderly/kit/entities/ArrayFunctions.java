package io.orderly.kit.entities;

import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.FunctionContributor;
import org.hibernate.type.StandardBasicTypes;

/**
 * Adds {@code any_of(:array, value)} to JPQL: whether the array contains the value. In SQL it is {@code value = any(array)}, for
 * which PostgreSQL uses an index.
 *
 * <p>With {@code value in :list} Hibernate translates the query at each execution, since the SQL depends on the length of the
 * list, and PostgreSQL plans a statement for each length. An array is one parameter, whatever its length. It is the first argument,
 * because Hibernate allows a list for a parameter that is the last argument of any function, and then keeps no translation either.
 */
public final class ArrayFunctions implements FunctionContributor {

    @Override
    public void contributeFunctions(FunctionContributions contributions) {
        contributions
                .getFunctionRegistry()
                .patternDescriptorBuilder("any_of", "?2=any(?1)")
                .setInvariantType(contributions
                        .getTypeConfiguration()
                        .getBasicTypeRegistry()
                        .resolve(StandardBasicTypes.BOOLEAN))
                .setExactArgumentCount(2)
                .register();
    }
}
