package harbour;

import com.baomidou.mybatisplus.core.mapper.BaseMapper;
import java.util.List;
import org.apache.ibatis.annotations.Select;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

interface BerthMapper extends BaseMapper<Berth> {
    List<Berth> queryByQuay(String quay);
}

interface TideMapper {
    @Select("SELECT height FROM tides WHERE quay = #{quay}")
    Integer heightAt(String quay);
}

interface OwnerRepository extends JpaRepository<Owner, Long> {
    Owner findByName(String name);
}

class Berths {
    private BerthMapper berths;
    private TideMapper tides;
    private OwnerRepository owners;

    @PostMapping("/berths")
    void add(List<Berth> added) {
        for (Berth berth : added) {
            berths.insert(berth); // want "each request to `/berths` × each of `added` × 1 database write"
        }
    }

    @GetMapping("/quays")
    void quays(List<String> quays) {
        for (String quay : quays) {
            berths.queryByQuay(quay); // want "each of `quays` × 1 database read"
        }
    }

    @GetMapping("/tides")
    void tides(List<String> quays) {
        for (String quay : quays) {
            tides.heightAt(quay); // want "each of `quays` × 1 database read"
        }
    }

    @GetMapping("/owners")
    void owners(List<String> names) {
        for (String name : names) {
            owners.findByName(name); // want "each of `names` × 1 database read"
        }
    }
}

class Berth {
    int id;
}

class Owner {
    Long id;
}
