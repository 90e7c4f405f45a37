(function(){var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:ee,getOwnPropertySymbols:te,getPrototypeOf:ne}=Object,f=globalThis,re=f.trustedTypes,ie=re?re.emptyScript:``,ae=f.reactiveElementPolyfillSupport,p=(e,t)=>e,m={toAttribute(e,t){switch(t){case Boolean:e=e?ie:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},h=(e,t)=>!l(e,t),oe={attribute:!0,type:String,converter:m,reflect:!1,useDefault:!1,hasChanged:h};Symbol.metadata??=Symbol(`metadata`),f.litPropertyMetadata??=new WeakMap;var g=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=oe){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??oe}static _$Ei(){if(this.hasOwnProperty(p(`elementProperties`)))return;let e=ne(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(p(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(p(`properties`))){let e=this.properties,t=[...ee(e),...te(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?m:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?m:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??h)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};g.elementStyles=[],g.shadowRootOptions={mode:`open`},g[p(`elementProperties`)]=new Map,g[p(`finalized`)]=new Map,ae?.({ReactiveElement:g}),(f.reactiveElementVersions??=[]).push(`2.1.2`);var _=globalThis,se=e=>e,v=_.trustedTypes,y=v?v.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,b=`$lit$`,x=`lit$${Math.random().toFixed(9).slice(2)}$`,ce=`?`+x,le=`<${ce}>`,S=document,C=()=>S.createComment(``),w=e=>e===null||typeof e!=`object`&&typeof e!=`function`,T=Array.isArray,ue=e=>T(e)||typeof e?.[Symbol.iterator]==`function`,E=`[ 	
\f\r]`,D=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,de=/-->/g,fe=/>/g,O=RegExp(`>|${E}(?:([^\\s"'>=/]+)(${E}*=${E}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),pe=/'/g,me=/"/g,he=/^(?:script|style|textarea|title)$/i,ge=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),k=ge(1),A=ge(2),j=Symbol.for(`lit-noChange`),M=Symbol.for(`lit-nothing`),N=new WeakMap,P=S.createTreeWalker(S,129);function F(e,t){if(!T(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return y===void 0?t:y.createHTML(t)}var _e=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=D;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===D?c[1]===`!--`?o=de:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=O):(he.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=O):o=fe:o===O?c[0]===`>`?(o=i??D,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?O:c[3]===`"`?me:pe):o===me||o===pe?o=O:o===de||o===fe?o=D:(o=O,i=void 0);let d=o===O&&e[t+1].startsWith(`/>`)?` `:``;a+=o===D?n+le:l>=0?(r.push(s),n.slice(0,l)+b+n.slice(l)+x+d):n+x+(l===-2?t:d)}return[F(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},I=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=_e(t,n);if(this.el=e.createElement(l,r),P.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=P.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(b)){let t=u[o++],n=i.getAttribute(e).split(x),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?ye:r[1]===`?`?be:r[1]===`@`?xe:z}),i.removeAttribute(e)}else e.startsWith(x)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(he.test(i.tagName)){let e=i.textContent.split(x),t=e.length-1;if(t>0){i.textContent=v?v.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],C()),P.nextNode(),c.push({type:2,index:++a});i.append(e[t],C())}}}else if(i.nodeType===8){if(i.data===ce)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(x,e+1))!==-1;)c.push({type:7,index:a}),e+=x.length-1}}a++}}static createElement(e,t){let n=S.createElement(`template`);return n.innerHTML=e,n}};function L(e,t,n=e,r){if(t===j)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=w(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=L(e,i._$AS(e,t.values),i,r)),t}var ve=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??S).importNode(t,!0);P.currentNode=r;let i=P.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new R(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new Se(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=P.nextNode(),a++)}return P.currentNode=S,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},R=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=M,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=L(this,e,t),w(e)?e===M||e==null||e===``?(this._$AH!==M&&this._$AR(),this._$AH=M):e!==this._$AH&&e!==j&&this._(e):e._$litType$===void 0?e.nodeType===void 0?ue(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==M&&w(this._$AH)?this._$AA.nextSibling.data=e:this.T(S.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=I.createElement(F(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new ve(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=N.get(e.strings);return t===void 0&&N.set(e.strings,t=new I(e)),t}k(t){T(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(C()),this.O(C()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=se(e).nextSibling;se(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},z=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=M,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=M}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=L(this,e,t,0),a=!w(e)||e!==this._$AH&&e!==j,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=L(this,r[n+o],t,o),s===j&&(s=this._$AH[o]),a||=!w(s)||s!==this._$AH[o],s===M?e=M:e!==M&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===M?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},ye=class extends z{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===M?void 0:e}},be=class extends z{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==M)}},xe=class extends z{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=L(this,e,t,0)??M)===j)return;let n=this._$AH,r=e===M&&n!==M||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==M&&(n===M||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Se=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){L(this,e)}},Ce=_.litHtmlPolyfillSupport;Ce?.(I,R),(_.litHtmlVersions??=[]).push(`3.3.3`);var we=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new R(t.insertBefore(C(),e),e,void 0,n??{})}return i._$AI(e),i},B=globalThis,V=class extends g{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=we(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return j}};V._$litElement$=!0,V.finalized=!0,B.litElementHydrateSupport?.({LitElement:V});var Te=B.litElementPolyfillSupport;Te?.({LitElement:V}),(B.litElementVersions??=[]).push(`4.2.2`);var Ee=1e3,De=class{host;text=``;#e;constructor(e){this.host=e,e.addController(this)}say(e){clearTimeout(this.#e),this.#t(e),this.#e=setTimeout(()=>this.#t(``),Ee)}hostDisconnected(){clearTimeout(this.#e),this.text=``}#t(e){this.text=e,this.host.requestUpdate()}},Oe=`Europe/Warsaw`,ke=new Intl.NumberFormat(`pl`,{maximumFractionDigits:1}),Ae=new Intl.PluralRules(`pl`),je=new Intl.DateTimeFormat(`pl`,{timeZone:Oe,day:`2-digit`,month:`2-digit`,year:`numeric`,hour:`2-digit`,minute:`2-digit`});function Me(e){let t=/^(\d{4})-(\d{2})-(\d{2})$/.exec(e);if(t)return`${t[3]}.${t[2]}.${t[1]}`;let n=new Date(e);if(!/^\d{4}-\d{2}-\d{2}T/.test(e)||Number.isNaN(n.getTime()))return e;let r=Object.fromEntries(je.formatToParts(n).map(({type:e,value:t})=>[e,t]));return`${r.day}.${r.month}.${r.year} ${r.hour}:${r.minute}`}function Ne(e){let t=Math.round(e/10)*10;return t<1e3?`${t} m`:`${ke.format(e/1e3)} km`}function Pe(e){if(e===0)return`Osiągnięto limit znaków.`;let t=Ae.select(e);return t===`one`?`Pozostał 1 znak.`:t===`few`?`Pozostały ${e} znaki.`:`Pozostało ${e} znaków.`}function Fe(e){return e===null?`brak danych`:ke.format(e)}function Ie({name:e,asOf:t}){return t?`${e}, stan na ${Me(t)}`:e}function H(e){return e.replace(/(?<=\d) (?=\d{3}(?!\d)|(?:zł|kW|km|m|µg\/m³)(?![\p{L}\d]))/gu,`\xA0`)}function U(e,t){if(!e||!URL.canParse(e,t))return null;let n=new URL(e,t);return n.protocol===`https:`||n.protocol===`http:`?n.href:null}function Le({text:e,facts:t,places:n,chart:r,buttons:i,sources:a}){let o=[e,...t.map(({label:e,value:t,note:n})=>`${e}: ${t}${n?`, ${n}`:``}`),...n.map(Re),r?`Wykres: ${r.title}`:``,...a.map(e=>`Źródło: ${Ie(e)}${e.sample?`, dane przykładowe`:``}`)];return i.length&&o.push(`Do wyboru: ${i.map(({title:e})=>e).join(`, `)}`),o.filter(Boolean).map(ze).join(` `)}function Re({name:e,address:t,details:n,distanceM:r}){return[e,r===null?``:Ne(r),t,...n].filter(Boolean).join(`, `)}function ze(e){return/[.!?…:]$/.test(e)?e:`${e}.`}var Be=/^geo:-?\d+(\.\d+)?,-?\d+(\.\d+)?$/;function Ve(e,t){let n=W(e),r=G(n.conversation);return!r||!Array.isArray(n.answers)?null:{conversation:r,answers:K(n.answers,e=>Ue(e,t))}}function He(e){return K(e,e=>({title:G(e.title),payload:G(e.payload)})).filter(({title:e,payload:t})=>e&&t)}function W(e){return typeof e==`object`&&e?e:{}}function G(e){return typeof e==`string`?e:Number.isFinite(e)?String(e):``}function Ue(e,t){return{text:G(e.text),facts:K(e.facts,e=>({label:G(e.label),value:G(e.value),note:G(e.note)||null})),buttons:He(e.buttons),places:K(e.places,We),chart:Ge(W(e.chart),t),sources:K(e.sources,Ke)}}function We(e){return{name:G(e.name),address:G(e.address)||null,details:Array.isArray(e.details)?e.details.map(G).filter(Boolean):[],distanceM:qe(e.distance_m),mapUrl:G(e.map_url)||null,geoUri:Be.exec(G(e.geo_uri))?.[0]??null}}function Ge(e,t){let n=K(e.rows,e=>({at:G(e.at),value:qe(e.value)})).filter(({at:e})=>e),r=G(e.title);return!r||!n.length?null:{url:U(G(e.url),t),title:r,description:G(e.description)||r,unit:G(e.unit),source:G(e.source),limit:G(W(e.limit).label),rows:n}}function Ke(e){return{name:G(e.name),url:G(e.url)||null,asOf:G(e.as_of)||null,sample:e.sample===!0}}function qe(e){return typeof e==`number`&&Number.isFinite(e)?e:null}function K(e,t){return Array.isArray(e)?e.map(e=>t(W(e))):[]}var Je=2e4,Ye=`Brak połączenia z internetem. Po jego odzyskaniu można wysłać wiadomość jeszcze raz.`,Xe=`Nie udało się połączyć z asystentem. Proszę spróbować ponownie za chwilę.`,Ze=`Odpowiedź nie nadeszła na czas. Proszę spróbować ponownie.`,q=`Asystent chwilowo nie działa. Proszę spróbować ponownie za chwilę.`,Qe=`Nie udało się przyjąć tej wiadomości. Proszę napisać ją inaczej.`,J=class extends Error{canRetry;conversationLost;constructor(e,t,n=!1){super(e),this.canRetry=t,this.conversationLost=n}};async function $e(e,t,n){try{let r=await fetch(e,{method:`POST`,headers:{"Content-Type":`application/json`,Accept:`application/json, application/problem+json`},body:JSON.stringify({conversation:t,...n}),signal:AbortSignal.timeout(Je)});if(!r.ok)throw await et(r);let i=Ve(await r.json(),r.url);if(!i)throw new J(q,!0);return i}catch(e){throw e instanceof J?e:tt(e)}}async function et(e){let t=G(W(e.headers.get(`Content-Type`)?.startsWith(`application/problem+json`)?await e.json().catch(()=>null):null).detail);return e.status>=500?new J(t||q,!0):new J(t||Qe,e.status===429,e.status===404)}function tt(e){return navigator.onLine?e instanceof DOMException&&e.name===`TimeoutError`?new J(Ze,!0):new J(e instanceof SyntaxError?q:Xe,!0):new J(Ye,!0)}var Y=`Można wpisać nazwę ulicy lub osiedla.`,nt=`Przeglądarka nie udostępniła lokalizacji. To nic nie szkodzi. ${Y}`,rt=`Nie udało się ustalić lokalizacji. ${Y}`,it=15e3,at=6e4;function ot(){return new Promise((e,t)=>{`geolocation`in navigator?navigator.geolocation.getCurrentPosition(({coords:t})=>e({lat:st(t.latitude),lon:st(t.longitude)}),({code:e,PERMISSION_DENIED:n})=>t(Error(e===n?nt:rt)),{timeout:it,maximumAge:at}):t(Error(rt))})}function st(e){return Math.round(e*1e4)/1e4}var X=`city-assistant-conversation`;function ct(){try{return sessionStorage.getItem(X)}catch{return null}}function lt(e){try{e===null?sessionStorage.removeItem(X):sessionStorage.setItem(X,e)}catch{}}var Z=`Asystent pisze…`,ut=`Ustalanie lokalizacji…`,dt=300,ft=class{host;announcer;endpoint;entries=[];status=``;busy=!1;#e=new Set;#t=null;constructor(e,t,n){this.host=e,this.announcer=t,this.endpoint=n}isUsed(e){return this.#e.has(e)}write(e){let t=e.trim();return!t||this.busy?!1:(this.#s({kind:`question`,text:t}),this.#i(Z,()=>this.#r({text:t})),!0)}choose(e){this.busy||this.isUsed(e)||(this.#s({kind:`question`,text:e.title}),e.payload===`share_location`?this.#i(ut,()=>this.#n(e)):(this.#e.add(e),this.#i(Z,()=>this.#r({button:e.payload}))))}retry(e){if(this.busy||this.isUsed(e)||e.kind!==`failure`||!e.again)return;let t=e.again;this.#e.add(e),this.#i(Z,()=>this.#r(t))}async#n(e){let t=await ot().catch(e=>this.#o(e.message,null));t&&(this.#e.add(e),await this.#r({location:t}))}async#r(e){this.#t??=ct();try{let t=await $e(this.endpoint(),this.#t,e);this.#a(t.conversation);for(let e of t.answers)this.#s({kind:`answer`,answer:e});this.announcer.say(t.answers.map(Le).join(` `))}catch(t){if(!(t instanceof J))throw t;t.conversationLost&&this.#a(null),this.#o(t.message,t.canRetry?e:null)}}async#i(e,t){this.busy=!0;let n=setTimeout(()=>this.#c(e),dt);try{await t()}finally{clearTimeout(n),this.busy=!1,this.#c(``)}}#a(e){this.#t=e,lt(e)}#o(e,t){this.#s({kind:`failure`,text:e,again:t}),this.announcer.say(e)}#s(e){this.entries=[...this.entries,e],this.host.requestUpdate()}#c(e){this.status=e,this.host.requestUpdate()}},pt=`a[href], button, textarea, [tabindex='0']`;function mt(e,t){if(e.key!==`Tab`)return;let n=[...t.querySelectorAll(pt)],r=n.at(0),i=n.at(-1),a=t.getRootNode().activeElement;e.shiftKey&&(a===r||a===t)?gt(e,i):!e.shiftKey&&a===i&&gt(e,r)}function ht(e){let t=matchMedia(`(hover: hover) and (pointer: fine)`).matches,n=e.querySelector(`textarea`);(t&&n?n:e).focus()}function gt(e,t){e.preventDefault(),t?.focus()}var Q={title:`Asystent miasta`,text:`Dzień dobry! Jestem automatycznym asystentem miasta.
Odpowiadam na pytania o jakość powietrza, dotacje do ogrzewania i ładowarki samochodów elektrycznych.`,privacyText:`Treść rozmowy przechowujemy przez ograniczony czas i maskujemy w niej rozpoznane dane osobowe. Proszę nie wpisywać nazwiska, numeru PESEL ani telefonu.`,privacyUrl:`/prywatnosc`,topics:[{title:`Jakie jest teraz powietrze?`,payload:`air_quality_now`},{title:`Dotacje do ogrzewania`,payload:`subsidy_overview`},{title:`Znajdź ładowarkę`,payload:`charger_find`},{title:`Co potrafi asystent?`,payload:`help`}]};function _t(e){let t=W(vt(e)),n=He(t.topics);return{title:G(t.title)||Q.title,text:G(t.text)||Q.text,privacyText:G(t.privacyText)||Q.privacyText,privacyUrl:G(t.privacyUrl)||Q.privacyUrl,topics:n.length?n:Q.topics}}function vt(e){try{return JSON.parse(e??`{}`)}catch{return console.warn(`city-assistant: the attribute „greeting” is not valid JSON, the default greeting is used.`),{}}}var yt=o`
  .chart {
    margin: 0.75rem 0 0;
    container-type: inline-size;
  }

  .assistant:has(.chart) {
    width: 47rem;
    max-width: 100%;
  }

  /* The newest hours are at the right end, so that end is shown first where the picture is wider than the screen. */
  .picture {
    overflow-x: auto;
    border-radius: calc(var(--_radius) - 4px);
    background: #ffffff;
    direction: rtl;
  }

  .picture:focus-visible {
    outline-offset: -3px;
  }

  .picture img {
    display: block;
    width: 100%;
    min-width: 36rem;
    height: auto;
    color: #13242e;
    direction: ltr;
  }

  .legend {
    display: none;
    margin-top: 0.5rem;
  }

  @container (width < 36rem) {
    .legend {
      display: block;
    }
  }

  summary {
    display: flex;
    align-items: center;
    gap: 0.25rem;
    width: fit-content;
    min-height: var(--_target);
    color: var(--_accent);
    font-weight: 600;
    cursor: pointer;
  }

  summary::-webkit-details-marker {
    display: none;
  }

  summary::before {
    content: "▸";
    width: 1em;
  }

  [open] > summary::before {
    content: "▾";
  }

  .rows {
    max-width: 26rem;
    max-height: 18rem;
    overflow: auto;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
  }

  .rows:focus-visible {
    outline-offset: -3px;
  }

  table {
    width: 100%;
    border-collapse: collapse;
    font-variant-numeric: tabular-nums;
  }

  caption {
    padding: 0.5rem;
    color: var(--_muted);
    font-size: 0.875rem;
    text-align: start;
  }

  th,
  td {
    padding: 0.3125rem 0.5rem;
    border-top: 1px solid var(--_line);
    text-align: start;
  }

  thead th {
    position: sticky;
    top: 0;
    background: var(--_surface);
    font-size: 0.875rem;
  }

  tbody th {
    color: var(--_muted);
    font-weight: 400;
    white-space: nowrap;
  }

  td {
    font-weight: 600;
  }

  th:last-child,
  td {
    text-align: end;
  }

  details .note {
    margin-top: 0.5rem;
  }
`,bt=o`
  .launcher {
    position: fixed;
    inset: auto 1rem 1rem auto;
    z-index: var(--city-assistant-layer, 1000);
    display: inline-flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 52px;
    padding: 0.5rem 1.25rem 0.5rem 1rem;
    border: 2px solid var(--_surface);
    border-radius: 26px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 600;
    box-shadow: var(--_shadow);
  }

  .panel {
    display: flex;
    flex-direction: column;
    overflow: auto;
    background: var(--_surface);
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
  }

  .inline .panel {
    height: var(--city-assistant-height, min(42rem, 88vh));
    min-height: 30rem;
  }

  .floating .panel {
    position: fixed;
    inset: auto 1rem 5rem auto;
    z-index: var(--city-assistant-layer, 1000);
    width: min(26rem, calc(100vw - 2rem));
    height: min(42rem, calc(100vh - 6.5rem));
    box-shadow: var(--_shadow);
  }

  .panel:focus-visible {
    outline-offset: -3px;
  }

  header {
    flex: none;
    display: flex;
    align-items: center;
    gap: 0.75rem;
    padding: 0.75rem 1rem;
    border-bottom: 1px solid var(--_line);
  }

  .mark {
    flex: none;
    display: grid;
    place-items: center;
    width: 2.5rem;
    height: 2.5rem;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .heading {
    flex: 1;
    min-width: 0;
    overflow-wrap: break-word;
  }

  .heading h2 {
    font-size: 1.0625rem;
    font-weight: 700;
    line-height: 1.3;
  }

  .heading p {
    color: var(--_muted);
    font-size: 0.875rem;
    line-height: 1.3;
  }

  .close {
    display: grid;
    place-items: center;
    width: var(--_target);
    height: var(--_target);
    padding: 0;
    border: 0;
    border-radius: 50%;
    background: none;
  }

  .close:hover {
    background: var(--_raised);
  }

  .composer {
    flex: none;
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 0.25rem 0.5rem;
    align-items: end;
    padding: 0.625rem 1rem 1rem;
    border-top: 1px solid var(--_line);
  }

  .composer label,
  .counter {
    grid-column: 1 / -1;
    color: var(--_muted);
    font-size: 0.875rem;
  }

  textarea {
    width: 100%;
    min-height: 48px;
    max-height: 9rem;
    padding: 0.6875rem 0.875rem;
    border: 1px solid var(--_control);
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
    line-height: 1.5;
    resize: none;
    field-sizing: content;
  }

  textarea:focus-visible {
    border-color: var(--_accent);
    outline-width: 2px;
    outline-offset: 0;
  }

  .send {
    display: grid;
    place-items: center;
    width: 48px;
    height: 48px;
    padding: 0;
    border: 0;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .send:hover,
  .launcher:hover {
    background: color-mix(in srgb, var(--_accent) 86%, var(--_text));
  }

  @media (max-width: 30rem) {
    .floating .panel {
      inset: 0;
      width: auto;
      height: auto;
      border: 0;
      border-radius: 0;
    }
  }

  @media (max-height: 30rem) {
    .floating .panel {
      inset-block: 0;
      height: auto;
    }

    .floating .transcript {
      flex: none;
      overflow: visible;
    }
  }

  @media (forced-colors: active) {
    .launcher,
    .send,
    .reply {
      border: 1px solid ButtonText;
    }
  }
`,xt=o`
  .transcript {
    position: relative;
    flex: 1;
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    gap: 0.75rem;
    min-height: 10rem;
    padding: 1rem;
    overflow-y: auto;
    overscroll-behavior: contain;
  }

  .transcript:focus-visible {
    outline-offset: -3px;
  }

  .transcript > * {
    flex: none;
  }

  .message {
    position: relative;
    max-width: 92%;
    padding: 0.75rem 1rem;
    border-radius: var(--_radius);
    overflow-wrap: anywhere;
  }

  .assistant:has(.facts, .places) {
    width: 34rem;
  }

  .assistant {
    background: var(--_raised);
    border-start-start-radius: 4px;
  }

  .resident {
    align-self: flex-end;
    max-width: 85%;
    background: var(--_accent);
    color: var(--_on-accent);
    border-end-end-radius: 4px;
  }

  .failure {
    background: var(--_alarm);
    color: var(--_on-alarm);
  }

  .failure .reply {
    margin-top: 0.625rem;
  }

  .text {
    white-space: pre-line;
  }

  .text + * {
    margin-top: 0.75rem;
  }

  .privacy {
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .facts {
    display: grid;
    border-block: 1px solid var(--_line);
  }

  .facts > div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1rem;
    padding-block: 0.4375rem;
  }

  .facts > div + div {
    border-top: 1px solid var(--_line);
  }

  dt {
    color: var(--_muted);
  }

  dd {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }

  .note {
    color: var(--_muted);
    font-size: 0.875rem;
    font-weight: 400;
  }

  .places {
    display: grid;
    gap: 0.5rem;
  }

  .places > li {
    padding: 0.625rem 0.75rem;
    border-radius: calc(var(--_radius) - 4px);
    background: var(--_surface);
  }

  .place-name {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 0.75rem;
  }

  .distance,
  .detail {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }

  .detail {
    font-size: 0.9375rem;
  }

  .map {
    display: inline-flex;
    align-items: center;
    gap: 0.25rem;
    min-height: var(--_target);
    margin-block-end: -0.375rem;
    margin-inline-end: 1.25rem;
    color: var(--_accent);
    font-weight: 600;
  }

  .source {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0.25rem 0.5rem;
    margin-top: 0.75rem;
    color: var(--_muted);
    font-size: 0.875rem;
  }

  .source + .source {
    margin-top: 0.25rem;
  }

  .badge {
    padding: 0.0625rem 0.5rem;
    border-radius: 1em;
    background: var(--_notice);
    color: var(--_on-notice);
    font-weight: 600;
  }

  .replies {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
  }

  .reply {
    display: inline-flex;
    align-items: center;
    gap: 0.375rem;
    min-height: var(--_target);
    padding: 0.4375rem 1rem;
    border: 1px solid var(--_accent);
    border-radius: 22px;
    background: var(--_surface);
    color: var(--_accent);
    font-weight: 600;
    line-height: 1.3;
    text-align: start;
    overflow-wrap: anywhere;
  }

  .reply:hover {
    background: var(--_raised);
  }

  .reply[aria-disabled="true"] {
    border-color: var(--_line);
    background: var(--_raised);
    color: var(--_muted);
  }

  .status {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    min-height: 1.5rem;
    color: var(--_muted);
    font-size: 0.9375rem;
  }

  .dots {
    display: inline-flex;
    gap: 4px;
  }

  .dots i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: currentcolor;
  }

  @media (prefers-reduced-motion: no-preference) {
    .transcript {
      scroll-behavior: smooth;
    }

    .dots i {
      animation: wait 1.2s infinite ease-in-out;
    }

    .dots i:nth-child(2) {
      animation-delay: 0.15s;
    }

    .dots i:nth-child(3) {
      animation-delay: 0.3s;
    }

    .message {
      animation: appear 0.18s ease-out;
    }
  }

  @keyframes wait {
    50% {
      opacity: 0.25;
    }
  }

  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 6px;
    }
  }
`,St=o`
  :host {
    --_accent: var(--city-assistant-accent, #0b5a70);
    --_on-accent: var(--city-assistant-on-accent, #ffffff);
    --_surface: var(--city-assistant-surface, #ffffff);
    --_raised: var(--city-assistant-raised, #edf3f5);
    --_text: var(--city-assistant-text, #13242e);
    --_muted: var(--city-assistant-muted, #4a5d69);
    --_line: var(--city-assistant-line, #d3dde2);
    --_control: var(--city-assistant-control, #6f8491);
    --_notice: #ffefc7;
    --_on-notice: #633f00;
    --_alarm: #fdeceb;
    --_on-alarm: #7d1a14;
    --_shadow: 0 1px 2px rgb(10 30 40 / 8%), 0 12px 32px rgb(10 30 40 / 16%);
    --_radius: var(--city-assistant-radius, 14px);
    --_target: 44px;

    display: block;
    color: var(--_text);
    color-scheme: light dark;
    font: 400 1rem/1.5 var(--city-assistant-font, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif);
    text-align: start;
  }

  @media (prefers-color-scheme: dark) {
    :host {
      --_accent: var(--city-assistant-accent, #7cc9de);
      --_on-accent: var(--city-assistant-on-accent, #06222c);
      --_surface: var(--city-assistant-surface, #13202a);
      --_raised: var(--city-assistant-raised, #20313d);
      --_text: var(--city-assistant-text, #e9f0f3);
      --_muted: var(--city-assistant-muted, #adbec8);
      --_line: var(--city-assistant-line, #344956);
      --_control: var(--city-assistant-control, #7f97a5);
      --_notice: #4b390f;
      --_on-notice: #ffe2a3;
      --_alarm: #44201d;
      --_on-alarm: #ffcfc9;
      --_shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 12px 32px rgb(0 0 0 / 50%);
    }
  }

  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }

  h2,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }

  ul {
    list-style: none;
  }

  a {
    color: inherit;
    text-underline-offset: 0.15em;
  }

  button,
  textarea {
    font: inherit;
    color: inherit;
  }

  button {
    cursor: pointer;
  }

  button[aria-disabled="true"] {
    cursor: default;
  }

  :focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }

  .icon {
    flex: none;
    width: 1.5em;
    height: 1.5em;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;function $(e){return k`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${e}</svg>`}var Ct=$(A`<path d="M5 4h14a2 2 0 0 1 2 2v9a2 2 0 0 1-2 2h-7l-5 4v-4H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2Z"/><path d="M8 9h8M8 12.5h5"/>`),wt=$(A`<path d="M6 6l12 12M18 6 6 18"/>`),Tt=$(A`<path d="M5 12h13M12.5 6l6 6-6 6"/>`),Et=$(A`<path d="m5 12.5 4.5 4.5L19 7.5"/>`),Dt=$(A`<path d="M12 21c4.5-4.6 7-8 7-11a7 7 0 0 0-14 0c0 3 2.5 6.4 7 11Z"/><circle cx="12" cy="10" r="2.5"/>`),Ot=$(A`<path d="M20 4 4 11l7 2 2 7 7-16Z"/>`),kt=1e3,At=850;function jt(e,t,n){let r=Math.max(0,kt-e.length),i=e.length>=At;return k`
    <form
      class="composer"
      @submit=${e=>{e.preventDefault(),n()}}
    >
      <label for="question">Pytanie do asystenta</label>
      <textarea
        id="question"
        rows="1"
        maxlength=${kt}
        autocomplete="off"
        enterkeyhint="send"
        aria-describedby=${i?`counter`:M}
        .value=${e}
        @input=${e=>t(e.target.value)}
        @keydown=${e=>Mt(e,n)}
      ></textarea>
      <button type="submit" class="send">${Tt}<span class="hidden">Wyślij pytanie</span></button>
      ${i?k`<p class="counter" id="counter">${Pe(r)}</p>`:M}
    </form>
  `}function Mt(e,t){e.key!==`Enter`||e.shiftKey||e.isComposing||(e.preventDefault(),t())}function Nt(){return matchMedia(`(hover: none) and (pointer: coarse)`).matches&&!/iPhone|iPad|Macintosh/.test(navigator.userAgent)}var Pt=720,Ft=400;function It(e){let{url:t,description:n}=e;return k`
    <figure class="chart">
      ${t?k`${Lt(t,n)} ${Rt(e)}`:M}
      <p class="words" ?hidden=${t!==null}>${n}</p>
      ${Bt(e)}
    </figure>
  `}function Lt(e,t){return k`
    <div class="picture" role="group" aria-label="Wykres" tabindex="0">
      <img src=${e} alt=${t} width=${Pt} height=${Ft} @error=${zt} />
    </div>
  `}function Rt({title:e,limit:t,source:n}){return k`
    <div class="legend note">
      <p>${e}.</p>
      ${t?k`<p>Linia przerywana: ${t}.</p>`:M} ${n?k`<p>${n}</p>`:M}
      <p>Wykres można przesunąć w bok.</p>
    </div>
  `}function zt({currentTarget:e}){let t=e.closest(`figure`);for(let e of t.querySelectorAll(`.picture, .legend`))e.hidden=!0;t.querySelector(`.words`).hidden=!1}function Bt({title:e,unit:t,source:n,rows:r}){return k`
    <details>
      <summary>Dane w tabeli</summary>
      <div class="rows" role="group" aria-label="Tabela" tabindex="0">
        <table>
          <caption>
            ${e}
          </caption>
          <thead>
            <tr>
              <th scope="col">Data i godzina</th>
              <th scope="col">${t?`Wartość, ${t}`:`Wartość`}</th>
            </tr>
          </thead>
          <tbody>
            ${[...r].reverse().map(Vt)}
          </tbody>
        </table>
      </div>
      ${n?k`<p class="note">${n}</p>`:M}
    </details>
  `}function Vt({at:e,value:t}){return k`
    <tr>
      <th scope="row">${Me(e)}</th>
      <td>${Fe(t)}</td>
    </tr>
  `}function Ht(e,t){let{text:n,facts:r,places:i,chart:a,sources:o,buttons:s}=e;return k`
    <div class="message assistant">
      <span class="hidden">Asystent:</span>
      ${n?k`<p class="text">${H(n)}</p>`:M}
      ${r.length?k`<dl class="facts">${r.map(Wt)}</dl>`:M}
      ${i.length?k`<ul class="places" role="list">${i.map(Gt)}</ul>`:M}
      ${a?It(a):M} ${o.map(Jt)}
    </div>
    ${Ut(s,t)}
  `}function Ut(e,{choose:t,isUsed:n}){return e.length?k`
    <ul class="replies" role="list" aria-label="Do wyboru">
      ${e.map(e=>k`
          <li>
            <button type="button" class="reply" aria-disabled=${n(e)} @click=${()=>t(e)}>
              ${n(e)?k`${Et}<span class="hidden">Wybrano:</span>`:M} ${e.title}
            </button>
          </li>
        `)}
    </ul>
  `:M}function Wt({label:e,value:t,note:n}){return k`
    <div>
      <dt>${e}</dt>
      <dd>${H(t)}${n?k` <span class="note">${n}</span>`:M}</dd>
    </div>
  `}function Gt({name:e,address:t,details:n,distanceM:r,mapUrl:i,geoUri:a}){let o=U(i,document.baseURI);return k`
    <li>
      <p class="place-name">
        <strong>${e}</strong>
        ${r===null?M:k`<span class="distance">${Ne(r)}</span>`}
      </p>
      ${t?k`<p>${t}</p>`:M} ${n.map(e=>k`<p class="detail">${H(e)}</p>`)}
      ${o?Kt(o,e):M} ${a&&Nt()?qt(a,e):M}
    </li>
  `}function Kt(e,t){return k`
    <a class="map" href=${e} target="_blank" rel="noopener noreferrer">
      ${Dt}Mapa<span class="hidden">: ${t}, otwiera się w nowej karcie</span>
    </a>
  `}function qt(e,t){return k`<a class="map" href=${e}>${Ot}Nawiguj<span class="hidden">: ${t}</span></a>`}function Jt(e){let t=U(e.url,document.baseURI),n=Ie(e).slice(e.name.length);return k`
    <p class="source">
      <span>Źródło: ${t?k`<a href=${t} target="_blank" rel="noopener noreferrer"
        >${e.name}<span class="hidden"> (otwiera się w nowej karcie)</span></a
      >`:e.name}${n}</span>
      ${e.sample?k`<span class="badge">dane przykładowe</span>`:M}
    </p>
  `}var Yt=12;function Xt(e,t,n){let r={choose:e=>n.choose(e),isUsed:e=>n.isUsed(e)};return k`
    <div class="transcript" role="log" aria-live="off" aria-label="Rozmowa" tabindex="0">
      ${Qt(e,t,r)} ${n.entries.map(e=>$t(e,n,r))}
      <p class="status" role="status">${n.status?tn(n.status):M}</p>
    </div>
  `}function Zt(e){let t=[...e.querySelectorAll(`.resident`)].at(-1);if(!t)return;let n=t.offsetTop-Yt;e.scrollTop=n,e.parentElement&&(e.parentElement.scrollTop=e.offsetTop+n-e.scrollTop),e.getBoundingClientRect().top<0&&e.scrollIntoView({block:`start`})}function Qt(e,t,n){let r=t?k` <a href=${t}>Więcej o prywatności</a>`:M;return k`
    <div class="message assistant">
      <span class="hidden">Asystent:</span>
      <p class="text">${e.text}</p>
      <p class="privacy">${e.privacyText}${r}</p>
    </div>
    ${Ut(e.topics,n)}
  `}function $t(e,t,n){switch(e.kind){case`question`:return k`
        <div class="message resident">
          <span class="hidden">Pytanie:</span>
          <p class="text">${e.text}</p>
        </div>
      `;case`answer`:return Ht(e.answer,n);case`failure`:return k`
        <div class="message failure">
          <p class="text">${e.text}</p>
          ${e.again?en(t.isUsed(e),()=>t.retry(e)):M}
        </div>
      `}}function en(e,t){return k`<button type="button" class="reply" aria-disabled=${e} @click=${t}>Spróbuj ponownie</button>`}function tn(e){return k`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>${e}`}var nn=document.currentScript instanceof HTMLScriptElement?document.currentScript.src:document.baseURI,rn=`/api/v1/chat`,an=class extends V{static styles=[St,bt,xt,yt];static properties={inline:{type:Boolean},open:{type:Boolean,reflect:!0},endpoint:{type:String},greeting:{converter:{fromAttribute:_t}},draft:{state:!0}};#e=new De(this);#t=new ft(this,this.#e,()=>this.endpoint);#n=0;constructor(){super(),this.inline=!1,this.open=!1,this.endpoint=new URL(rn,nn).href,this.greeting=_t(null),this.draft=``}connectedCallback(){super.connectedCallback(),this.lang||=`pl`}render(){return k`
      <div class=${this.inline?`inline`:`floating`} @keydown=${this.#d}>
        ${this.inline?M:this.#r()}
        <section
          id="panel"
          class="panel"
          role=${this.inline?`region`:`dialog`}
          aria-labelledby="title"
          tabindex="-1"
          ?hidden=${!this.inline&&!this.open}
        >
          ${this.#i()} ${Xt(this.greeting,this.#a(),this.#t)}
          ${jt(this.draft,this.#o,this.#s)}
        </section>
        <div class="hidden" aria-live="polite">${this.#e.text}</div>
      </div>
    `}updated(e){let t=this.renderRoot.querySelector(`.transcript`),{entries:n,status:r}=this.#t;t&&(n.length!==this.#n||r)&&Zt(t),this.#n=n.length,e.has(`open`)&&e.get(`open`)===!1&&!this.inline&&this.#u()}#r(){return k`
      <button
        type="button"
        class="launcher"
        aria-haspopup="dialog"
        aria-expanded=${this.open}
        aria-controls="panel"
        @click=${this.open?this.#l:this.#c}
      >
        ${Ct}<span>Zapytaj asystenta</span>
      </button>
    `}#i(){return k`
      <header>
        <span class="mark">${Ct}</span>
        <div class="heading">
          <h2 id="title">${this.greeting.title}</h2>
          <p>Odpowiada automat, nie człowiek</p>
        </div>
        ${this.inline?M:k`<button type="button" class="close" aria-label="Zamknij asystenta" @click=${this.#l}>${wt}</button>`}
      </header>
    `}#a(){return U(this.greeting.privacyUrl,nn)}#o=e=>{this.draft=e};#s=()=>{this.#t.write(this.draft)&&(this.draft=``)};#c=()=>{this.open=!0};#l=()=>{this.open=!1,this.renderRoot.querySelector(`.launcher`)?.focus()};#u(){let e=this.renderRoot.querySelector(`.panel`);this.open&&e&&(ht(e),this.#t.entries.length||this.#e.say(this.greeting.text))}#d=e=>{!this.inline&&this.open&&(e.key===`Escape`?this.#l():mt(e,this.renderRoot.querySelector(`.panel`)))}};customElements.get(`city-assistant`)||customElements.define(`city-assistant`,an)})();