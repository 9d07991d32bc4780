package clinic;

import com.baomidou.mybatisplus.core.conditions.query.QueryWrapper;
import com.baomidou.mybatisplus.core.mapper.BaseMapper;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

class Menu {
    String id;
}

class Serving {
    Serving(String menu) {}
}

interface MenuMapper extends BaseMapper<Menu> {}

interface ServingMapper extends BaseMapper<Serving> {}

class Menus {
    private MenuMapper menus;
    private ServingMapper servings;

    // As many as the request names.
    void serve(List<String> ids) {
        List<Menu> chosen = menus.selectList(new QueryWrapper<Menu>().in("id", ids));
        for (Menu menu : chosen) {
            servings.insert(new Serving(menu.id));
        }
    }

    void serveAgain(List<String> ids) {
        for (Menu menu : menus.selectByIds(ids)) {
            servings.insert(new Serving(menu.id));
        }
    }

    // As many as there are on the wards.
    void serveWards(List<String> wards) {
        List<Menu> chosen = menus.selectList(new QueryWrapper<Menu>().in("ward", wards));
        for (Menu menu : chosen) {
            servings.insert(new Serving(menu.id)); // want "for each of `chosen`"
        }
    }
}

@RestController
class MenuController {
    private Menus menus;

    @PostMapping("/serve")
    public void serve(@RequestBody List<String> ids) {
        menus.serve(ids);
        menus.serveAgain(ids);
        menus.serveWards(ids);
    }
}
