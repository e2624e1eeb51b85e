package io.orderly.inventory.catalogue;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** The reviews of all products. */
public interface Reviews extends Repository<Review, Long> {

    /** The latest reviews of a product, the latest first. */
    List<Review> findBySkuOrderByWrittenOnDescIdDesc(String sku, Limit limit);

    /**
     * The latest reviews of some products, those of one product the latest first. This is SQL since JPQL has no limit for each of
     * several groups.
     *
     * @param limit how many at most of each product
     */
    @Query(nativeQuery = true, value = """
                    select latest.* from unnest(:skus) as wanted (sku),
                    lateral (select * from reviews
                             where reviews.sku = wanted.sku
                             order by written_on desc, id desc
                             limit :limit) as latest""")
    List<Review> findLatest(String[] skus, int limit);

    <S extends Review> List<S> saveAll(Iterable<S> newReviews);
}
