import { fileIndex } from "./fileIndex";
import type { WorkspaceModel } from "./workspaceModel";

/** Top-level names of Python packages that programs often carry a copy of. */
const oftenCarried = new Set(
  "apscheduler argparse attr attrs backports beets bencode bottle bs4 cachetools certifi cffi chardet charset_normalizer cheroot cherrypy click colorama concurrent configobj cryptography dateutil decorator defusedxml deluge_client dns docutils feedparser flask future gevent gntp greenlet guessit h11 h2 html5lib httplib2 httpx idna importlib_metadata importlib_resources jaraco jinja2 jsonschema jwt lxml magic mako markdown markupsafe more_itertools msgpack mutagen natsort oauth2 oauthlib packaging paho passlib peewee pkg_resources plexapi ply portend psutil pyasn1 pycparser pygments pyparsing pysrt pytz rarfile rebulk requests requests_oauthlib rsa sgmllib simplejson six sniffio socketio socks soupsieve sqlalchemy stevedore subliminal suds tempora tornado tqdm trio twisted tzlocal unidecode urllib3 websocket webencodings werkzeug wrapt xmltodict yaml zipp zope".split(
    " ",
  ),
);

/** One of them alone may be where its own authors write it: `lib/sqlalchemy/`. */
const fewest = 3;

interface Carried {
  folder: string;
  name: string;
}

/** The packages that a path of Python lies in by its name, each with the folder it lies in. */
function packagesOf(path: string): Carried[] {
  if (!path.endsWith(".py")) return [];
  const parts = path.slice(0, -".py".length).split("/");
  return parts.flatMap((name, i) => (oftenCarried.has(name) ? { folder: parts.slice(0, i).join("/"), name } : []));
}

const namesByFolder = fileIndex(({ path }) => packagesOf(path).map(({ folder, name }) => [folder, name] as const));

/** Whether a file is part of a copy of somebody else's package, which lies beside copies of others: `lib/urllib3/util.py`. */
export function isCarriedAlong({ files }: Pick<WorkspaceModel, "files">, path: string): boolean {
  const names = namesByFolder(files);
  return packagesOf(path).some(({ folder }) => new Set(names.get(folder)).size >= fewest);
}
